using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>What an attempt wrote, byte for byte: whole, in parts (<c>Range</c>), or followed until the attempt ends.</summary>
/// <remarks>No path comes from a request: a file is found by the numbers of run, task and attempt.</remarks>
internal sealed class LogEndpoints(ServiceHost service)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>How often a file that is followed is looked at.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/runs/{run}/tasks/{task}/logs", Methods, OfRunAsync).Needs(AccessScope.Read);
        routes.MapMethods("/api/v1/tasks/{task}/logs", Methods, OfTaskAsync).Needs(AccessScope.Read);
    }

    private async Task OfTaskAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is not { } id)
        {
            return;
        }

        if (await new TaskPages(service).FindAsync(AccessGate.CallerOf(context), id, context.RequestAborted) is { } task)
        {
            await AnswerAsync(context, task);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no task {id}", "GET /api/v1/tasks lists them.");
    }

    /// <summary>The task by its number within the run, or by its name.</summary>
    private async Task OfRunAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is not { } run)
        {
            return;
        }

        string text = context.GetRouteValue("task") as string ?? "";
        var pages = new TaskPages(service);
        TaskRecord? task = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            ? await pages.FindAsync(AccessGate.CallerOf(context), new TaskId(run, ordinal), context.RequestAborted)
            : (await pages.ReadAsync(AccessGate.CallerOf(context), new TaskSelection(run, [], null, text, null, null, null, 1), context.RequestAborted)).Tasks is [var named] ? named : null;
        if (task is not null)
        {
            await AnswerAsync(context, task);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no task '{Asked.Shown(text)}' in run {run}", $"GET /api/v1/runs/{run}/tasks lists them.");
    }

    private async Task AnswerAsync(HttpContext context, TaskRecord task)
    {
        string stream = Asked.Text(context, "stream") ?? "out";
        if (stream is not ("out" or "err"))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"stream is out or err, found '{Asked.Shown(stream)}'");
            return;
        }

        if (await Asked.NumberAsync(context, "attempt", int.MaxValue, int.MaxValue) is not { } number)
        {
            return;
        }

        bool follows = Asked.Flag(context, "follow") && HttpMethods.IsGet(context.Request.Method);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        if (await AttemptAsync(task, number, follows, over.Token) is not { } attempt)
        {
            await Problem.NotFoundAsync(context, number == int.MaxValue ? $"task {task.Task} has not been started yet" : $"task {task.Task} has no attempt {number}", $"GET /api/v1/tasks/{task.Task} lists its attempts; follow=true waits for the first.");
            return;
        }

        string path = stream == "out" ? service.Loop.State.Layout.Output(attempt) : service.Loop.State.Layout.Error(attempt);
        await using FileStream? file = await OpenAsync(path, follows ? attempt : null, over.Token);
        if (file is null)
        {
            await Problem.NotFoundAsync(context, $"nothing is kept of what attempt {attempt.Number} of task {task.Task} wrote to {stream}", "Model calls and work inside the service write nothing; what is old is cleaned away.");
            return;
        }

        await SendAsync(context, file, follows ? attempt : null, over.Token);
    }

    /// <summary>The attempt of this number, or the last; null when there is none.</summary>
    private async Task<AttemptId?> AttemptAsync(TaskRecord task, int number, bool waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<AttemptRecord> attempts = await service.Loop.State.Reader.AttemptsAsync(task.Task, cancellationToken);
            AttemptRecord? wanted = number != int.MaxValue ? attempts.FirstOrDefault(one => one.Attempt.Number == number) : attempts.Count > 0 ? attempts[^1] : null;
            if (wanted is not null || !waits || number != int.MaxValue || task.State.HasEnded())
            {
                return wanted?.Attempt;
            }

            await Task.Delay(Glance, service.Context.Time, cancellationToken);
            task = await new TaskPages(service).FindAsync(Caller.Socket, task.Task, cancellationToken) ?? task with { State = TaskState.Cancelled };
        }
    }

    /// <summary>Null when there is none; one that is followed may still be made.</summary>
    private async Task<FileStream?> OpenAsync(string path, AttemptId? followed, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool lives = followed is { } attempt && service.IsLive(attempt);
            FileStream? file = OutputFiles.TryOpen(path);
            if (file is not null || !lives)
            {
                return file;
            }

            await Task.Delay(Glance, service.Context.Time, cancellationToken);
        }
    }

    /// <param name="followed">Goes on until this attempt has ended; null = sends what there is.</param>
    private async Task SendAsync(HttpContext context, FileStream file, AttemptId? followed, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "no-store";
        response.Headers.AcceptRanges = "bytes";
        long length = file.Length;
        if (!ByteRange.TryRead(context.Request, length, out ByteRange range) && followed is null)
        {
            response.Headers.ContentRange = $"bytes */{length}";
            await Problem.WriteAsync(context, StatusCodes.Status416RangeNotSatisfiable, $"the output has {length} bytes, and the part begins behind them", "Ask from a smaller offset, or for bytes=-1000: the last thousand.");
            return;
        }

        if (followed is { } attempt)
        {
            await FollowAsync(response, file, range.From, attempt, cancellationToken);
            return;
        }

        response.ContentLength = range.Count;
        if (range.IsPart)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.From}-{range.From + range.Count - 1}/{length}";
        }

        if (HttpMethods.IsGet(context.Request.Method) && await CopyAsync(response, file, range.From, range.Count, cancellationToken) < range.Count)
        {
            context.Abort(); // the file was cut meanwhile: what was promised is not there
        }
    }

    private async Task FollowAsync(HttpResponse response, FileStream file, long from, AttemptId attempt, CancellationToken cancellationToken)
    {
        try
        {
            await response.StartAsync(cancellationToken);
            bool lives = true;
            while (lives)
            {
                // Looked at before the file: what it wrote last is not missed.
                lives = service.IsLive(attempt);
                long more = await CopyAsync(response, file, from, long.MaxValue, cancellationToken);
                from += more;
                if (more > 0)
                {
                    await response.Body.FlushAsync(cancellationToken);
                }

                if (lives)
                {
                    await Task.Delay(Glance, service.Context.Time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The client has left, or the service stops.
        }
    }

    /// <returns>How many bytes there were.</returns>
    private static async Task<long> CopyAsync(HttpResponse response, FileStream file, long from, long most, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            file.Seek(from, SeekOrigin.Begin);
            long copied = 0;
            while (copied < most && await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, most - copied)), cancellationToken) is > 0 and var read)
            {
                await response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                copied += read;
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
