using System.Diagnostics;
using System.Diagnostics.Metrics;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Gateway.Diagnostics;

/// <summary>Counts calls by the names of OpenTelemetry's conventions for generative AI, and what they do not name by our own.</summary>
/// <remarks>OpenTelemetry, "Semantic conventions for generative AI metrics". Tags have few values: no task, no key, no prompt.</remarks>
internal sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "Plimsoll.Gateway";

    private readonly Meter? own;
    private readonly Histogram<long> tokens;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> firstByte;
    private readonly Histogram<double> queued;
    private readonly Counter<long> refusals;
    private readonly Counter<long> money;

    /// <param name="factory">Where the host collects meters; null: a meter of our own.</param>
    public GatewayMetrics(IMeterFactory? factory)
    {
        Meter meter = factory?.Create(MeterName) ?? (own = new(MeterName));
        tokens = meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens the provider has counted.");
        duration = meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "From arrival to the end of the answer.");
        firstByte = meter.CreateHistogram<double>("gen_ai.server.time_to_first_token", "s", "From arrival to the first byte for the client, waiting for quota included.");
        queued = meter.CreateHistogram<double>("plimsoll.gateway.queue.duration", "s", "Waiting for quota.");
        refusals = meter.CreateCounter<long>("plimsoll.gateway.provider.refusals", "{answer}", "429 answers that no client has seen.");
        money = meter.CreateCounter<long>("plimsoll.gateway.cost", "{microdollar}", "Spent by the configured prices.");
    }

    public void Ended(CallRecord call)
    {
        if (!duration.Enabled && !tokens.Enabled && !refusals.Enabled && !queued.Enabled && !money.Enabled && !firstByte.Enabled)
        {
            return;
        }

        TagList tags = new()
        {
            { "gen_ai.operation.name", call.Route },
            { "gen_ai.provider.name", call.Provider ?? "none" },
            { "gen_ai.request.model", call.Model ?? "none" },
            { "http.response.status_code", call.Status },
            { "plimsoll.source", call.Source },
        };
        duration.Record(call.Total.TotalSeconds, tags);
        queued.Record(call.Usage.Queued.TotalSeconds, new KeyValuePair<string, object?>("plimsoll.priority", call.Caller.Priority));
        if (call.FirstByte is { } first)
        {
            firstByte.Record(first.TotalSeconds, tags);
        }

        refusals.Add(call.Usage.Refusals, tags);
        money.Add(call.Usage.MicroDollars, tags);
        Record(call.Usage.InputTokens + call.Usage.CachedTokens, "input", tags);
        Record(call.Usage.OutputTokens, "output", tags);
    }

    public void Dispose()
    {
        own?.Dispose();
    }

    private void Record(long count, string type, TagList tags)
    {
        if (count > 0)
        {
            tags.Add("gen_ai.token.type", type);
            tokens.Record(count, tags);
        }
    }
}
