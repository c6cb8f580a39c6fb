using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Gets an answer from a provider.</summary>
internal sealed class Attempts(Router router)
{
    public async Task<Outcome> RunAsync(Exchange exchange)
    {
        Account? account = router.Find(exchange);
        if (account is null)
        {
            return new Refusal(RefusalKind.NotFound, $"no configured provider serves {exchange.Route.Name} for model '{exchange.Model}'; add one under providers:");
        }

        exchange.Provider = account.Provider.Name;
        exchange.Account = account.Name;
        HttpRequestMessage request = UpstreamRequest.Write(exchange, account, exchange.Body.Memory, exchange.Model);
        try
        {
            HttpResponseMessage response = await account.Client.SendAsync(request, exchange.Ended);
            return await AnswerReader.ReadAsync(response, () => new StreamMeter(exchange.Route.Kind, false), exchange.Ended);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new Refusal(RefusalKind.UpstreamFailed, $"provider '{account.Provider.Name}' could not be reached");
        }
    }
}
