using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads the accounts of a provider.</summary>
internal static class AccountReader
{
    /// <summary>Name of the only account when the provider is written without <c>accounts:</c>.</summary>
    public const string Only = "default";

    private static readonly string[] Keys = ["key", "limits"];

    public static ImmutableArray<AccountSettings> Read(Node node, Scalars scalars)
    {
        List<AccountSettings> accounts = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "accounts"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of an account", Names.IdRule);
                continue;
            }

            AccountSettings account = new(entry.Key.Text, null, []);
            foreach (NodeEntry part in scalars.Mapping(entry.Value, $"account {account.Name}"))
            {
                switch (part.Key.Text)
                {
                    case "key":
                        account = account with { Key = KeyReader.Read(part.Value, scalars) };
                        break;
                    case "limits":
                        account = account with { Quotas = QuotaReader.Read(part.Value, scalars) };
                        break;
                    default:
                        scalars.UnknownKey(part.Key, "an account", Keys);
                        break;
                }
            }

            accounts.Add(account);
        }

        if (accounts.Count == 0 && node is { Kind: NodeKind.Map, Entries.Count: 0 })
        {
            scalars.Diagnostics.Error(node, "there are no accounts", "Write at least one, for example main: {key: {from: ANTHROPIC_API_KEY}}.");
        }

        return [.. accounts];
    }
}
