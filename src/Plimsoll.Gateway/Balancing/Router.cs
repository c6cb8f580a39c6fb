using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Finds who can serve a request.</summary>
internal sealed class Router(IReadOnlyList<Account> accounts)
{
    public Account? Find(Exchange exchange)
    {
        foreach (Account account in accounts)
        {
            bool isAnthropic = account.Provider.Kind == ProviderKind.Anthropic;
            if (isAnthropic == exchange.IsAnthropic && IsNamed(account, exchange.Route.Selector))
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>The dialect of the first provider that serves a model, or null.</summary>
    public ProviderKind? Serves(string? selector, string model) =>
        model.Length == 0 ? null : accounts.FirstOrDefault(account => IsNamed(account, selector))?.Provider.Kind;

    private static bool IsNamed(Account account, string? selector) => selector is null || selector == account.Provider.Name;
}
