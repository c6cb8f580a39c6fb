using Plimsoll.Client.Http;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>Calls the API of a service with JSON as text, in the name of one caller.</summary>
internal sealed class ServiceLink(ServiceClient service) : IDisposable
{
    /// <summary>A service on a Unix socket; without a token the socket's own rights count.</summary>
    public static ServiceLink OfSocket(string path, string? token) => new(new ServiceClient(ServiceAddress.OfSocket(path), token));

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="path">Without a leading slash.</param>
    public async Task<Outcome<string>> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken) =>
        (await service.SendAsync(method, path, json, cancellationToken)).ToOutcome();

    /// <summary>Reads an answer that goes on, until it ends or is given up; true when the service ended it.</summary>
    public async Task<bool> FollowAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!(await service.OpenAsync(path, cancellationToken)).TryGet(out HttpResponseMessage? response, out ProblemView? problem))
            {
                return problem.Status > 0;
            }

            using (response)
            {
                await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
                byte[] buffer = new byte[256];
                while (await body.ReadAsync(buffer, cancellationToken) > 0)
                {
                }

                return true;
            }
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => service.Dispose();
}
