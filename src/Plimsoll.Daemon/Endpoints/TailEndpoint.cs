using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>The end of what a task wrote, as JSON: for agents, which read little and want it in one piece.</summary>
internal sealed class TailEndpoint(ServiceHost service)
{
    private const int UsualBytes = 16 << 10;
    private const int MostBytes = 64 << 10;

    private readonly OutputTails tails = new(service.Loop);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/tasks/{task}/tail", ReadAsync).Needs(AccessScope.Read);

    private async Task ReadAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is not { } id || await Asked.NumberAsync(context, "bytes", UsualBytes, MostBytes) is not { } bytes)
        {
            return;
        }

        string stream = Asked.Text(context, "stream") ?? "both";
        if (stream is not ("stdout" or "stderr" or "both"))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"stream is stdout, stderr or both, found '{Asked.Shown(stream)}'");
            return;
        }

        if (await new TaskPages(service).FindAsync(AccessGate.CallerOf(context), id, context.RequestAborted) is not { } task)
        {
            await Problem.NotFoundAsync(context, $"there is no task {id}", "GET /api/v1/tasks lists them.");
            return;
        }

        AttemptId? attempt = await tails.LastAsync(id, context.RequestAborted);
        (string Text, bool Cut) output = attempt is { } wrote && stream != "stderr" ? await tails.OutputAsync(wrote, bytes, context.RequestAborted) : ("", false);
        (string Text, bool Cut) error = attempt is { } told && stream != "stdout" ? await tails.ErrorAsync(told, bytes, context.RequestAborted) : ("", false);
        await context.WriteJsonAsync(
            new TailView(id.ToString(), task.Name, Words.Of(task.State), attempt?.Number ?? 0, stream == "stderr" ? null : output.Text, stream == "stdout" ? null : error.Text, output.Cut || error.Cut),
            ServiceJsonContext.Default.TailView);
    }
}
