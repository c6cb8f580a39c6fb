using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Resources;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads which tasks a listing is to show.</summary>
internal static class TaskQueryReading
{
    private const int Usual = 100;
    private const int Most = 1000;
    private static readonly ImmutableArray<string> Known = ["state", "class", "name", "text", "template", "limit", "after"];

    /// <summary>The selection; null after an answer that says what is wrong.</summary>
    /// <param name="run">The run of the path; null = that of the query, or all.</param>
    /// <param name="also">What else the request may ask for.</param>
    public static async Task<TaskSelection?> ReadAsync(HttpContext context, RunId? run, int usual = Usual, params ImmutableArray<string> also)
    {
        // A filter that is misspelt and ignored would select everything, also for a purge.
        ImmutableArray<string> known = [.. run is null ? (ImmutableArray<string>)["run"] : [], .. Known, .. also];
        if (context.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } strange)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"there is no parameter '{Asked.Shown(strange)}' here", $"Known: {string.Join(", ", known)}.");
            return null;
        }

        if (await Asked.NumberAsync(context, "limit", usual, Most) is not { } limit)
        {
            return null;
        }

        if (run is null && Asked.Text(context, "run") is { } text)
        {
            if (!Lineage.TryRun(text, out RunId named))
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"run is a number from 1, found '{Asked.Shown(text)}'");
                return null;
            }

            run = named;
        }

        TaskId? after = null;
        if (Asked.Text(context, "after") is { } cursor)
        {
            if (!Lineage.TryTask(cursor, out TaskId task))
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"'{Asked.Shown(cursor)}' is no cursor", "Use the value of next from the page before.");
                return null;
            }

            after = task;
        }

        if (!Words.TryStates(Asked.Words(context, "state"), out ImmutableArray<TaskState> states, out string? unknown))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"there is no task state '{Asked.Shown(unknown)}'", $"The states are {Words.AllStates}.");
            return null;
        }

        // Readiness is not recorded, see TaskRecord.
        if (states.Contains(TaskState.Ready) && !states.Contains(TaskState.Waiting))
        {
            states = states.Add(TaskState.Waiting);
        }

        return new TaskSelection(run, states, Asked.Text(context, "class"), Asked.Text(context, "name"), Asked.Text(context, "text"), Asked.Text(context, "template"), after, limit);
    }
}
