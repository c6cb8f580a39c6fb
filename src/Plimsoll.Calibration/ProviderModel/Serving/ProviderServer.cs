using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>A modelled provider on loopback: sends each plan of its account at the times the plan says, faults included.</summary>
/// <remarks>Keys are not checked; what may be cached is what stands before each <c>cache_control</c>. A client that hangs up is charged until then.</remarks>
public sealed class ProviderServer : IDisposable
{
    // What was flushed leaves on another thread; a connection that ends at once would take it along.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly ProviderAccount _account;
    private readonly TimeProvider _time;
    private readonly LoopbackServer _server;
    private readonly ServedCounts _counts = new();
    private long _requests;

    private ProviderServer(ProviderOptions options, TimeProvider time, int port)
    {
        _account = new(options, time.GetUtcNow());
        _time = time;
        _server = LoopbackServer.Start(AnswerAsync, port);
    }

    public string BaseUrl => _server.BaseUrl;

    /// <param name="port">0 = any free one.</param>
    /// <exception cref="ArgumentException">The options have problems; the message names all of them.</exception>
    public static ProviderServer Start(ProviderOptions options, TimeProvider time, int port = 0) => new(options, time, port);

    public void Dispose() => _server.Dispose();

    /// <summary>Looks at the account between two requests.</summary>
    internal T Look<T>(Func<ProviderAccount, DateTimeOffset, T> look)
    {
        lock (_gate)
            return look(_account, _time.GetUtcNow());
    }

    /// <summary>What was answered so far.</summary>
    public ServedReport Report() => Look((account, now) => _counts.Report(account, now));

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        byte[] bytes = body.ToArray();
        if (RequestReader.Read(context.Request, bytes, Interlocked.Increment(ref _requests)) is not { } request)
        {
            await SideRoutes.SendAsync(context, bytes, cancellationToken);
            return;
        }

        AnswerPlan plan;
        lock (_gate)
        {
            plan = _account.Answer(request, _time.GetUtcNow());
            _counts.Add(request, plan);
        }

        try
        {
            await SendAsync(context, plan, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            lock (_gate)
                _account.Abort(plan, _time.GetUtcNow());
            throw;
        }
    }

    private async Task SendAsync(HttpContext context, AnswerPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Ending == AnswerEnding.Silent)
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        await UntilAsync(plan.HeadersAt, cancellationToken);
        context.Response.StatusCode = plan.Status;
        foreach ((string name, string value) in plan.Headers)
            context.Response.Headers[name] = value;
        await context.Response.StartAsync(cancellationToken);
        foreach (AnswerPart part in plan.Parts)
        {
            await UntilAsync(part.At, cancellationToken);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(part.Text), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }

        switch (plan.Ending)
        {
            case AnswerEnding.Cut:
                await Task.Delay(LeaveTime, TimeProvider.System, cancellationToken);
                context.Abort();
                break;
            case AnswerEnding.Reset:
                await Task.Delay(LeaveTime, TimeProvider.System, cancellationToken);
                context.Features.Get<IConnectionSocketFeature>()!.Socket.Close(timeout: 0);
                context.Abort();
                break;
            case AnswerEnding.Stalled:
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
                break;
            default:
                break;
        }
    }

    private async Task UntilAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        TimeSpan left = at - _time.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left, _time, cancellationToken);
    }
}
