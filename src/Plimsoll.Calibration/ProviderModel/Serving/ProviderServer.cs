using System.Net;
using System.Text;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>A modelled provider on loopback: sends each plan of its account at the times the plan says, faults included.</summary>
/// <remarks>
/// Keys are not checked, prompts are not cached, a client that hangs up is noticed at the next write, and an answer that will be cut has a Content-Length
/// where others are chunked.
/// </remarks>
internal sealed class ProviderServer : IDisposable
{
    private const int NotFound = 404;
    private readonly Lock _gate = new();
    private readonly ProviderAccount _account;
    private readonly TimeProvider _time;
    private readonly LoopbackServer _server;
    private long _requests;

    private ProviderServer(ProviderOptions options, TimeProvider time)
    {
        _account = new(options, time.GetUtcNow());
        _time = time;
        _server = LoopbackServer.Start(AnswerAsync);
    }

    public string BaseUrl => _server.BaseUrl;

    public static ProviderServer Start(ProviderOptions options, TimeProvider time) => new(options, time);

    public void Dispose() => _server.Dispose();

    /// <summary>Looks at the account between two requests.</summary>
    public T Look<T>(Func<ProviderAccount, DateTimeOffset, T> look)
    {
        lock (_gate)
            return look(_account, _time.GetUtcNow());
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body, cancellationToken);
        if (RequestReader.Read(context.Request, body.ToArray(), Interlocked.Increment(ref _requests)) is not { } request)
        {
            context.Response.StatusCode = context.Request.HttpMethod == "POST" ? NotFound : (int)HttpStatusCode.OK;
            context.Response.Close();
            return;
        }

        AnswerPlan plan;
        lock (_gate)
            plan = _account.Answer(request, _time.GetUtcNow());
        try
        {
            await SendAsync(context.Response, plan, cancellationToken);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            lock (_gate)
                _account.Abort(plan, _time.GetUtcNow());
            context.Response.Abort();
        }
    }

    private async Task SendAsync(HttpListenerResponse response, AnswerPlan plan, CancellationToken cancellationToken)
    {
        await UntilAsync(plan.HeadersAt, cancellationToken);
        response.StatusCode = plan.Status;

        // The listener ends a chunked body properly even when it aborts; only a promised length can be broken.
        if (plan.Ending == AnswerEnding.Cut)
            response.ContentLength64 = plan.Parts.Sum(part => Encoding.UTF8.GetByteCount(part.Text)) + 1;
        else
            response.SendChunked = true;
        foreach ((string name, string value) in plan.Headers)
            response.Headers[name] = value;

        foreach (AnswerPart part in plan.Parts)
        {
            await UntilAsync(part.At, cancellationToken);
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(part.Text), cancellationToken);
            await response.OutputStream.FlushAsync(cancellationToken);
        }

        switch (plan.Ending)
        {
            case AnswerEnding.Cut:
                response.Abort();
                break;
            case AnswerEnding.Stalled:
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
                break;
            default:
                response.Close();
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
