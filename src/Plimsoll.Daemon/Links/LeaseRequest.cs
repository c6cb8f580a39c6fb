using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Daemon.Links;

/// <summary>What a command is to hold while it runs.</summary>
/// <param name="Memory">As written, such as <c>4G</c>; null = none.</param>
/// <param name="Locks">Names; <c>name=shared</c> or <c>name=2</c> for less than the whole.</param>
/// <param name="Patience">How long to wait for it; null = as long as it takes.</param>
public sealed record LeaseRequest(string? Memory, double? Cpu, IReadOnlyList<string> Locks, string Purpose, TimeSpan? Patience)
{
    private const int TtlSeconds = 30;

    /// <summary>What is granted within this is not worth a word about waiting.</summary>
    private const double BriefSeconds = 0.5;

    internal string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Memory is not null)
            {
                json.WriteString("memory", Memory);
            }

            if (Cpu is { } cores)
            {
                json.WriteNumber("cpu", cores);
            }

            if (Locks.Count > 0)
            {
                json.WriteStartObject("locks");
                foreach (string one in Locks)
                {
                    int equals = one.IndexOf('=', StringComparison.Ordinal);
                    string name = equals < 0 ? one : one[..equals];
                    if (equals > 0 && int.TryParse(one.AsSpan(equals + 1), out int units))
                    {
                        json.WriteNumber(name, units);
                    }
                    else
                    {
                        json.WriteString(name, equals < 0 ? "exclusive" : one[(equals + 1)..]);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteString("purpose", Purpose);
            json.WriteNumber("ttl_seconds", TtlSeconds);
            json.WriteNumber("wait_seconds", BriefSeconds);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
