using System.Text;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Sends a request to a provider once, and says what came of it to quota and breaker.</summary>
internal sealed class Sender(StallWatch stalls, GatewayClock clock, Action<string> notice)
{
    private const int TooManyRequests = 429;
    private const int FirstRedirect = 300;
    private const int FirstClientError = 400;

    public async Task<Try> SendAsync(Exchange exchange, Endpoint endpoint, Admission? admission)
    {
        Account account = endpoint.Account;
        string? model = endpoint.NameOf(exchange.Model);
        bool asksForUsage = BodyEdit.NeedsQuestion(exchange, account.Provider.AsksForUsage);
        PooledBytes? edited = BodyEdit.Make(exchange, model, asksForUsage);
        StallWatch.Watched watched = stalls.Begin(exchange.Ended);
        HttpRequestMessage request = UpstreamRequest.Write(exchange, account, (edited ?? exchange.Body).Memory, model);
        HttpResponseMessage? response = null;
        UpstreamAnswer? answer = null;
        try
        {
            response = await account.Client.SendAsync(request, watched.Token);
            watched.Heard();
            ReadLimits(response, account, admission);
            answer = await AnswerReader.ReadAsync(response, exchange.Route.Kind, asksForUsage, watched);
            Redact(answer, account.Key);
            return Judge(exchange, account, answer, admission);
        }
        catch (Exception failure) when (IsNetwork(failure, watched))
        {
            bool neverSent = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
            NoteFailure(account, failure);
            End(admission, neverSent);
            return new(Verdict.Failed, null);
        }
        catch
        {
            // The client has gone: the provider may have counted the request, so what was charged stays.
            admission?.Settle(null, isWhole: false);
            account.Breaker.Abandoned();
            answer?.Dispose();
            throw;
        }
        finally
        {
            if (answer is null)
            {
                response?.Dispose();
                watched.Dispose();
            }

            Release(request, exchange, edited);
        }
    }

    private Try Judge(Exchange exchange, Account account, UpstreamAnswer answer, Admission? admission)
    {
        answer.Account = account;
        switch (answer.Status)
        {
            case TooManyRequests:
                return JudgeRefusal(exchange, account, answer, admission, RefusalReader.Read(answer.Response.Headers, answer.Body!.Span));
            case 408 or 500 or 502 or 503 or 504 or 529 or (>= 520 and <= 524):
                if (answer.Status is 502 or 503 or 529 && account.Breaker.Failed(clock.Now))
                {
                    notice($"provider '{account.Provider.Name}', account '{account.Name}', answers {answer.Status} again and again; it rests for some seconds");
                }

                End(admission, neverSent: false);
                return new(Verdict.Failed, answer, RefusalReader.WaitOf(answer.Response.Headers));
            case >= FirstRedirect and < FirstClientError:
                End(admission, neverSent: false);
                notice($"provider '{account.Provider.Name}' answers with a redirect ({answer.Status}), which is not followed; correct its base_url");
                answer.Dispose();
                return new(Verdict.Failed, null);
            default:
                account.Breaker.Succeeded();
                break;
        }

        if (answer.Events is { SawContent: false, Error: { IsEmpty: false } error })
        {
            string text = Encoding.UTF8.GetString(error.Span);
            if (text.Contains("rate_limit", StringComparison.Ordinal))
            {
                return JudgeRefusal(exchange, account, answer, admission, new(false, null, WaitText.Find(text), false));
            }

            if (!text.Contains("invalid_request", StringComparison.Ordinal))
            {
                End(admission, neverSent: false);
                return new(Verdict.Failed, answer);
            }
        }

        admission?.Began(answer.Events?.Meter.Counts);
        answer.Admission = admission;
        return new(Verdict.Pass, answer);
    }

    private static Try JudgeRefusal(Exchange exchange, Account account, UpstreamAnswer answer, Admission? admission, ProviderRefusal refusal)
    {
        account.Breaker.Abandoned();
        exchange.Refusals++;
        if (refusal.IsFinal)
        {
            // Of a spend limit the agent must hear: no waiting helps.
            admission?.Cancel();
            answer.IsLastTry = true;
            return new(Verdict.Pass, answer);
        }

        Span<LimitReading> readings = stackalloc LimitReading[LimitHeaders.Most];
        int count = LimitHeaders.Read(answer.Response.Headers, account.Provider.Kind, readings);
        admission?.Refused(refusal, readings[..count]);
        answer.Dispose();
        return new(Verdict.NoQuota, null, refusal.Wait);
    }

    private static void ReadLimits(HttpResponseMessage response, Account account, Admission? admission)
    {
        if (admission is not null && response.IsSuccessStatusCode)
        {
            Span<LimitReading> readings = stackalloc LimitReading[LimitHeaders.Most];
            int count = LimitHeaders.Read(response.Headers, account.Provider.Kind, readings);
            admission.Answered(readings[..count]);
        }
    }

    /// <summary>A request that failed there counts as a request; where everything is charged at arrival, all of it stays charged.</summary>
    private static void End(Admission? admission, bool neverSent)
    {
        if (neverSent)
        {
            admission?.Cancel();
        }
        else
        {
            admission?.Settle(default(TokenCounts), isWhole: false);
        }
    }

    private void NoteFailure(Account account, Exception failure)
    {
        if (account.Breaker.Failed(clock.Now))
        {
            string reason = (failure as HttpRequestException)?.HttpRequestError.ToString() ?? "the connection breaks";
            notice($"provider '{account.Provider.Name}', account '{account.Name}', cannot be reached ({reason}); it rests for some seconds");
        }
    }

    private static bool IsNetwork(Exception failure, StallWatch.Watched watched) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && watched.HasStalled);

    /// <summary>A provider that quotes the key in an error must not show it to an agent.</summary>
    private static void Redact(UpstreamAnswer answer, string? key)
    {
        if (key is null || answer.Status < FirstClientError || answer.Body is not { } body)
        {
            return;
        }

        byte[] secret = Encoding.UTF8.GetBytes(key);
        for (int at; (at = body.Span.IndexOf(secret)) >= 0;)
        {
            body.Writable.Slice(at, secret.Length).Fill((byte)'*');
        }
    }

    private static void Release(HttpRequestMessage request, Exchange exchange, PooledBytes? edited)
    {
        if (request.Content is BodyContent { IsSending: true })
        {
            (edited ?? exchange.Body).Abandon();
            exchange.IsBodyGone = edited is null;
        }

        edited?.Dispose();
        request.Dispose();
    }
}
