using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads the locks a task holds, and the declaration of counted locks.</summary>
internal static class LockReader
{
    public const int MostUnits = 1_000_000;

    public static ImmutableArray<LockClaim> Read(Node node, Scalars scalars)
    {
        SortedDictionary<string, LockClaim> claims = new(StringComparer.Ordinal);
        if (node.Kind == NodeKind.Map)
        {
            ReadMap(node.Entries, claims, scalars);
        }
        else
        {
            foreach (Node item in scalars.OneOrMore(node, "locks"))
            {
                if (item.Kind == NodeKind.Map)
                {
                    ReadMap(item.Entries, claims, scalars);
                }
                else if (Name(item, scalars) is { } name)
                {
                    claims[name] = new LockClaim(name, LockMode.Exclusive, 1);
                }
            }
        }

        return [.. claims.Values];
    }

    /// <summary>Top-level <c>locks:</c>, the units of each counted lock.</summary>
    public static Dictionary<string, int> Units(Node node, Scalars scalars)
    {
        Dictionary<string, int> units = new(StringComparer.Ordinal);
        foreach (NodeEntry entry in scalars.Mapping(node, "locks"))
        {
            if (Name(entry.Key, scalars) is { } name && scalars.Integer(entry.Value, "the units of a lock", 1, MostUnits) is { } count)
            {
                units[name] = count;
            }
        }

        return units;
    }

    private static void ReadMap(IReadOnlyList<NodeEntry> entries, SortedDictionary<string, LockClaim> claims, Scalars scalars)
    {
        foreach (NodeEntry entry in entries)
        {
            if (Name(entry.Key, scalars) is not { } name)
            {
                continue;
            }

            if (entry.Value is { Kind: NodeKind.Scalar, Text: "shared" or "exclusive" })
            {
                claims[name] = new LockClaim(name, entry.Value.Text == "shared" ? LockMode.Shared : LockMode.Exclusive, 1);
            }
            else if (entry.Value.Kind == NodeKind.Scalar && int.TryParse(entry.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int units) && units is >= 1 and <= MostUnits)
            {
                claims[name] = new LockClaim(name, LockMode.Counted, units);
            }
            else
            {
                scalars.Diagnostics.Error(entry.Value, "a lock is held shared, exclusive or by a number of units", $"Write {name}: shared, {name}: exclusive or {name}: 1.");
            }
        }
    }

    private static string? Name(Node node, Scalars scalars)
    {
        if (node.Kind == NodeKind.Scalar && Names.IsId(node.Text))
        {
            return node.Text;
        }

        scalars.Diagnostics.Error(node, "this cannot be the name of a lock", Names.IdRule);
        return null;
    }
}
