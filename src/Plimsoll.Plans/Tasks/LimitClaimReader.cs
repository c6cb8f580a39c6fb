using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads what each attempt of a task takes from limits: <c>[github]</c> or <c>{github: 2}</c>.</summary>
internal static class LimitClaimReader
{
    public static ImmutableArray<LockClaim> Read(Node node, Scalars scalars)
    {
        SortedDictionary<string, LockClaim> claims = new(StringComparer.Ordinal);
        if (node.Kind == NodeKind.Map)
        {
            foreach (NodeEntry entry in node.Entries)
            {
                if (scalars.Integer(entry.Value, $"what is taken from {entry.Key.Text}", 1, LimitReader.MostUnits) is { } units)
                {
                    claims[entry.Key.Text] = new LockClaim(entry.Key.Text, LockMode.Drawn, units);
                }
            }
        }
        else
        {
            foreach (Node item in scalars.OneOrMore(node, "limits"))
            {
                if (scalars.Text(item, "an item of limits") is { } name)
                {
                    claims[name] = new LockClaim(name, LockMode.Drawn, 1);
                }
            }
        }

        return [.. claims.Values];
    }
}
