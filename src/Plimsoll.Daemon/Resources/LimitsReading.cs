using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Client.Plans;
using Plimsoll.Client.Services;
using Plimsoll.Core.Limits;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Resources;

/// <summary>Checks a change of limits; everything that is wrong with it is told at once.</summary>
internal sealed class LimitsReading
{
    private const int MostTasks = 1024;
    private const int MostUnits = 1_000_000;

    private readonly List<DiagnosticView> errors = [];
    private readonly List<string> said = [];

    private LimitsReading()
    {
    }

    public static Outcome<WantedLimits> Read(LimitsChangeView wanted)
    {
        var reading = new LimitsReading();
        TaskLimit? most = reading.MaxConcurrent(wanted.MaxConcurrent);
        long? reserve = reading.Reserve(wanted.MemoryReserveBytes);
        IReadOnlyDictionary<string, int> locks = reading.Locks(wanted.Locks);
        ImmutableDictionary<string, LimitPolicy> services = reading.Services(wanted.Services);
        return reading.errors.Count > 0 ? new Refusal(ExitCode.Invalid, "the limits cannot be changed like this", null, reading.errors)
            : reading.said.Count == 0 ? new Refusal(ExitCode.Invalid, "the request changes no limit", "Name one: max_concurrent, memory_reserve_bytes, locks or services.")
            : new WantedLimits(new LimitsRequest(most, reserve, locks), services, string.Join(", ", reading.said));
    }

    private TaskLimit? MaxConcurrent(JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.String && given.GetString() == "auto")
        {
            said.Add("max_concurrent auto");
            return new TaskLimit(null);
        }

        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out int count) && count is >= 1 and <= MostTasks)
        {
            said.Add($"max_concurrent {count}");
            return new TaskLimit(count);
        }

        Wrong("max_concurrent", given.GetRawText(), $"it is a number from 1 to {MostTasks}, or \"auto\"", "Write 8.");
        return null;
    }

    private long? Reserve(long? bytes)
    {
        if (bytes is < 0)
        {
            Wrong("memory_reserve_bytes", $"{bytes}", "memory is never negative", "Write 2147483648 for 2 GiB.");
        }
        else if (bytes is { } given)
        {
            said.Add($"memory_reserve_bytes {given}");
        }

        return bytes;
    }

    private IReadOnlyDictionary<string, int> Locks(IReadOnlyDictionary<string, int>? locks)
    {
        foreach ((string name, int units) in locks ?? ImmutableDictionary<string, int>.Empty)
        {
            if (name.Length is 0 or > 200 || units is < 1 or > MostUnits)
            {
                Wrong($"locks.{Short(name)}", $"{units}", $"a lock has a name and 1 to {MostUnits} units", "Write {\"gpu\": 2}.");
            }
            else
            {
                said.Add($"lock {name} {units}");
            }
        }

        return locks ?? ImmutableDictionary<string, int>.Empty;
    }

    private ImmutableDictionary<string, LimitPolicy> Services(IReadOnlyDictionary<string, RateView>? services)
    {
        ImmutableDictionary<string, LimitPolicy> read = ImmutableDictionary<string, LimitPolicy>.Empty;
        foreach ((string name, RateView limit) in services ?? ImmutableDictionary<string, RateView>.Empty)
        {
            if (name.Length is 0 or > 200 || !Rate.TryParse(limit?.Rate, out Rate rate))
            {
                Wrong($"services.{Short(name)}.rate", limit?.Rate, "a limit is so many per time", "Write \"100/min\", \"2/s\" or \"100/10s\".");
            }
            else if (limit!.Burst is { } burst && burst is < 1 or > Rate.Largest)
            {
                Wrong($"services.{Short(name)}.burst", $"{limit.Burst}", "the burst is at least 1", "Leave it out for a sliding window.");
            }
            else
            {
                said.Add($"service {name} {limit.Rate}{(limit.Burst is { } most ? $" burst {most}" : "")}");
                read = read.SetItem(name, new LimitPolicy(rate, limit.Burst));
            }
        }

        return read;
    }

    private void Wrong(string field, string? found, string message, string cure) =>
        errors.Add(new DiagnosticView("error", "limits", 1, 1, $"{field}: {Short(found ?? "")}", message, cure));

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
