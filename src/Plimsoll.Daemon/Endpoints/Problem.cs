using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Answers that say what went wrong: problem details of RFC 9457, with every finding.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    // People read these in a terminal; browsers are told by the content type that it is no page.
    private static readonly ServiceJsonContext Readable = new(new JsonSerializerOptions(ServiceJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static Task WriteAsync(HttpContext context, Refusal refusal) => WriteAsync(context, StatusOf(refusal), refusal);

    public static Task WriteAsync(HttpContext context, int status, string title, string? cure = null) =>
        WriteAsync(context, status, new Refusal(ExitCode.Invalid, title, cure));

    public static Task NotFoundAsync(HttpContext context, string title, string? cure) => WriteAsync(context, StatusCodes.Status404NotFound, title, cure);

    private static Task WriteAsync(HttpContext context, int status, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        context.Response.StatusCode = status;
        return context.WriteJsonAsync(
            new ProblemView("about:blank", refusal.Message, status, refusal.Cure, context.Request.Path, refusal.Diagnostics.Count > 0 ? refusal.Diagnostics : null),
            Readable.ProblemView,
            ContentType);
    }

    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        _ when refusal.IsMissing => StatusCodes.Status404NotFound,
        ExitCode.Busy or ExitCode.Environment => StatusCodes.Status503ServiceUnavailable,
        ExitCode.Invalid => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
