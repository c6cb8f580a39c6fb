using System.Collections.Immutable;
using Plimsoll.Client;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Watching;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Watching: events, the pool, series, alerts.</summary>
internal static class WatchOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("GET", "/api/v1/events", "events", "What happens, as server-sent events; data is an event document.")
        {
            Query = [new("run", "integer", "Of one run."), new("kind", "string", "Of these kinds, separated by commas."), new("last_event_id", "string", "As the header, for clients that cannot set it.")],
            Answer = OpenApiJsonContext.Default.RunEventView,
            AnswerType = "text/event-stream",
            TakesLastEvent = true,
        },
        new("GET", "/api/v1/pool", "pool", "The pool of slots: size, use, throughput, durations, success, queue and failures by class.") { Answer = WatchViewContext.Default.PoolView },
        new("GET", "/api/v1/gateway", "pool", "What each quota has left, who waits for it, and which tasks spent most.") { Answer = OverviewJsonContext.Default.GatewayStateView },
        new("GET", "/api/v1/dashboard", "pool", "Everything a dashboard shows, in one document.") { Answer = WatchViewContext.Default.DashboardView },
        new("GET", "/api/v1/scaling", "pool", "How many nodes there should be, and why.") { Answer = WatchViewContext.Default.ScalingView },
        new("GET", "/api/v1/runs/{run}/what-if", "runs", "What more memory, nodes or quota would change for the rest of a run, by the simulator.")
        {
            Query = [new("memory", "string", "Of the machine, such as 64G."), new("nodes", "integer", "Further machines like this one, 0 to 20."), new("quota", "number", "Factor on limits and quotas.")],
            Answer = PlimsollJsonContext.Default.WhatIfView,
        },
        new("GET", "/api/v1/runs/{run}/comparison", "runs", "A run beside the last finished runs of its name: time, memory, attempts, cost.")
        {
            Query = [new("with", "string", "Numbers of other runs to compare it with, separated by commas.")],
            Answer = PlimsollJsonContext.Default.RunComparisonView,
        },
        new("GET", "/api/v1/series", "series", "Values over time; without a name, the names.")
        {
            Query = [new("name", "string", "Names separated by commas; at most 32."), new("minutes", "integer", "The last so many."), new("from", "string", "A time."), new("to", "string", "A time."), new("points", "integer", "At most this many of each.")],
            Answer = WatchViewContext.Default.SeriesListView,
        },
        new("GET", "/api/v1/alerts", "alerts", "Alerts that are raised, their rules, silences and history.") { Query = [new("history", "integer", "At most this many of those that have cleared.")], Answer = WatchViewContext.Default.AlertListView },
        new("POST", "/api/v1/alerts/{id}/acknowledge", "alerts", "Says that somebody has seen an alert.") { Answer = WatchViewContext.Default.AlertView },
        new("POST", "/api/v1/alerts/{id}/silence", "alerts", "Silences what an alert is about for a while.") { Body = WatchViewContext.Default.SilenceRequestView, Answer = WatchViewContext.Default.SilenceView, Status = 201 },
        new("POST", "/api/v1/alerts/silences", "alerts", "Silences rules and subjects for a while.") { Body = WatchViewContext.Default.SilenceRequestView, Answer = WatchViewContext.Default.SilenceView, Status = 201 },
        new("DELETE", "/api/v1/alerts/silences/{id}", "alerts", "Ends a silence.") { Status = 204 },
    ];
}
