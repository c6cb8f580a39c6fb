using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>Posts alerts to an address.</summary>
/// <param name="body">The document or the message.</param>
internal sealed class WebhookChannel(HttpClient client, Uri address, Func<AlertChange, byte[]> body) : IAlertChannel
{
    public async Task<DeliveryFailure?> TellAsync(AlertChange change, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body(change)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            // The answer's body says nothing that matters and may never end.
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : new DeliveryFailure($"it answered {(int)response.StatusCode}", IsPassing(response.StatusCode));
        }
        catch (HttpRequestException unreachable)
        {
            return new DeliveryFailure($"{address.Host} cannot be reached: {unreachable.HttpRequestError}", Again: true);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
