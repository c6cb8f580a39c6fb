using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Reads keys and authorities of all accounts; collects everything that is wrong.</summary>
internal sealed class AccountLoader : IDisposable
{
    private readonly List<string> problems = [];

    public AccountLoader(GatewaySettings settings, IReadOnlyDictionary<string, string> environment, GatewayClock clock)
    {
        foreach (ProviderSettings provider in settings.Providers)
        {
            if (Connect(provider) is not { } client)
            {
                continue;
            }

            Clients.Add(client);
            foreach (AccountSettings account in provider.Accounts)
            {
                string? key = null;
                if (account.Key is { } source)
                {
                    key = KeyReader.Read(source, $"provider '{provider.Name}', account '{account.Name}'", environment, out string? problem);
                    Note(problem);
                }

                Accounts.Add(new(provider, account, key, client, clock));
            }
        }

        foreach (InboundKeySettings inbound in settings.Keys)
        {
            string? key = KeyReader.Read(inbound.Key, $"key '{inbound.Name}'", environment, out string? problem);
            Note(problem);
            if (key is not null)
            {
                InboundKeys.Add((inbound, key));
            }
        }

        if (settings.Providers.IsEmpty)
        {
            problems.Add("no provider is configured; add one under providers:");
        }
    }

    public List<Account> Accounts { get; } = [];

    public List<ProviderClient> Clients { get; } = [];

    public List<(InboundKeySettings Settings, string Key)> InboundKeys { get; } = [];

    /// <summary>All problems in one text; null: none.</summary>
    public string? Problem => problems.Count == 0 ? null : string.Join("; ", problems);

    public void Dispose()
    {
        foreach (Account account in Accounts)
        {
            account.Dispose();
        }

        foreach (ProviderClient client in Clients)
        {
            client.Dispose();
        }
    }

    private ProviderClient? Connect(ProviderSettings provider)
    {
        Uri url = provider.BaseUrl;
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            problems.Add($"provider '{provider.Name}': base_url {url} is not https; plain http is accepted for loopback only");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            problems.Add($"provider '{provider.Name}': base_url holds a user name or password; give the key under key: instead");
            return null;
        }

        try
        {
            return new(provider);
        }
        catch (Exception unreadable) when (ProviderClient.IsUnreadable(unreadable))
        {
            problems.Add($"provider '{provider.Name}': ca_file {provider.CaFile} cannot be read as PEM certificates: {unreadable.Message}");
            return null;
        }
    }

    private void Note(string? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }
}
