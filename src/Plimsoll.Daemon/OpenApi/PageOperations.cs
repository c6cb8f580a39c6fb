using System.Collections.Immutable;
using Plimsoll.Client.Overviews;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>What the pages of the dashboard use.</summary>
internal static class PageOperations
{
    private const string Tag = "dashboard";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("GET", "/api/v1/overview", Tag, "The overview, once.") { Answer = OverviewJsonContext.Default.OverviewView },
        new("GET", "/api/v1/overview/live", Tag, "The overview whenever it changes, as server-sent events.") { Answer = OverviewJsonContext.Default.OverviewView, AnswerType = "text/event-stream" },
        new("POST", "/api/v1/session", Tag, "Exchanges a token for the session of a browser.") { Body = OverviewJsonContext.Default.LoginView, Answer = OverviewJsonContext.Default.SessionView },
        new("GET", "/api/v1/session", Tag, "The session of this browser; 204 when there is none.") { Answer = OverviewJsonContext.Default.SessionView, OtherStatus = 204 },
        new("DELETE", "/api/v1/session", Tag, "Ends the session of this browser.") { Status = 204 },
    ];
}
