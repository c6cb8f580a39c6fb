using System.Globalization;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads <c>retries:</c> and <c>breaker:</c>.</summary>
internal static class RetryReader
{
    private static readonly string[] Keys = ["max", "backoff", "retry_on", "exit_codes"];
    private static readonly string[] BackoffKeys = ["base", "cap"];
    private static readonly string[] BreakerKeys = ["failures", "window", "open_for"];

    private static readonly Dictionary<string, AttemptOutcome> Outcomes = new(StringComparer.Ordinal)
    {
        ["failed"] = AttemptOutcome.Failed,
        ["timed_out"] = AttemptOutcome.TimedOut,
        ["out_of_memory"] = AttemptOutcome.OutOfMemory,
        ["start_failed"] = AttemptOutcome.StartFailed,
    };

    public static RetryPolicy? Read(Node node, Scalars scalars)
    {
        if (node.Kind != NodeKind.Map)
        {
            return scalars.Integer(node, "retries", 0, 100) is { } count ? RetryPolicy.None with { Retries = count } : null;
        }

        int retries = 1;
        BackoffPolicy backoff = BackoffPolicy.Default;
        List<AttemptOutcome> outcomes = [];
        List<int> codes = [];
        foreach (NodeEntry entry in node.Entries)
        {
            switch (entry.Key.Text)
            {
                case "max":
                    retries = scalars.Integer(entry.Value, "max", 0, 100) ?? 0;
                    break;
                case "backoff":
                    backoff = Backoff(entry.Value, scalars);
                    break;
                case "retry_on":
                    RetryOn(entry.Value, scalars, outcomes, codes);
                    break;
                case "exit_codes":
                    codes.AddRange(scalars.OneOrMore(entry.Value, "exit_codes").Select(item => scalars.Integer(item, "an exit code", 1, 255) ?? 1));
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "retries", Keys);
                    break;
            }
        }

        return new RetryPolicy(retries, backoff, [.. outcomes.Distinct()], [.. codes.Distinct()]);
    }

    public static void Breaker(TaskSettings settings, Node node, Scalars scalars)
    {
        settings.BreakerWritten = true;
        if (node.Kind == NodeKind.Scalar && node.Text is "off" or "false")
        {
            return;
        }

        BreakerPolicy policy = BreakerPolicy.Default;
        foreach (NodeEntry entry in scalars.Mapping(node, "breaker"))
        {
            switch (entry.Key.Text)
            {
                case "failures":
                    policy = policy with { Failures = scalars.Integer(entry.Value, "failures", 1, 1000) ?? policy.Failures };
                    break;
                case "window":
                    policy = policy with { Window = scalars.Duration(entry.Value, "window") ?? policy.Window };
                    break;
                case "open_for":
                    policy = policy with { OpenFor = scalars.Duration(entry.Value, "open_for") ?? policy.OpenFor };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "breaker", BreakerKeys);
                    break;
            }
        }

        settings.Breaker = policy;
    }

    private static BackoffPolicy Backoff(Node node, Scalars scalars)
    {
        BackoffPolicy backoff = BackoffPolicy.Default;
        foreach (NodeEntry entry in scalars.Mapping(node, "backoff"))
        {
            switch (entry.Key.Text)
            {
                case "base":
                    backoff = backoff with { Base = scalars.Duration(entry.Value, "base", zero: true) ?? backoff.Base };
                    break;
                case "cap":
                    backoff = backoff with { Cap = scalars.Duration(entry.Value, "cap", zero: true) ?? backoff.Cap };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "backoff", BackoffKeys);
                    break;
            }
        }

        return backoff;
    }

    private static void RetryOn(Node node, Scalars scalars, List<AttemptOutcome> outcomes, List<int> codes)
    {
        foreach (Node item in scalars.OneOrMore(node, "retry_on"))
        {
            if (item.Kind == NodeKind.Scalar && int.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                codes.Add(scalars.Integer(item, "an exit code", 1, 255) ?? 1);
                outcomes.Add(AttemptOutcome.Failed);
            }
            else if (scalars.Choice(item, "an item of retry_on", Outcomes.Keys) is { } word)
            {
                outcomes.Add(Outcomes[word]);
            }
        }
    }
}
