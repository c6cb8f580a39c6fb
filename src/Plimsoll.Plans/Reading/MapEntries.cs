using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans.Reading;

/// <summary>Collects the entries of one mapping: duplicate keys are errors, merge keys (<c>&lt;&lt;</c>) are applied.</summary>
internal sealed class MapEntries(DiagnosticBag diagnostics)
{
    private const int SmallEnough = 16;

    private readonly List<NodeEntry> entries = [];
    private List<Node>? merges;
    private Dictionary<string, Node>? index;

    public void Add(Node key, Node value)
    {
        if (key is { Text: "<<", Style: ScalarStyle.Plain })
        {
            (merges ??= []).Add(value);
            return;
        }

        if (Known(key.Text) is { } first)
        {
            diagnostics.Error(key, key.Describe(), $"the key is written twice, first at line {first.Line} column {first.Column}", "Remove one of them.");
            return;
        }

        entries.Add(new NodeEntry(key, value));
        if (index is not null)
        {
            index[key.Text] = key;
        }
        else if (entries.Count > SmallEnough)
        {
            index = new(StringComparer.Ordinal);
            entries.ForEach(entry => index[entry.Key.Text] = entry.Key);
        }
    }

    public List<NodeEntry> Finish()
    {
        foreach (Node merge in merges ?? [])
        {
            foreach (Node source in merge.Kind == NodeKind.List ? merge.Items : [merge])
            {
                Merge(source);
            }
        }

        return entries;
    }

    private void Merge(Node source)
    {
        if (source.Kind != NodeKind.Map)
        {
            diagnostics.Error(source, "<< takes a mapping or a list of mappings", "Point it at an anchor of a mapping.");
            return;
        }

        foreach (NodeEntry entry in source.Entries)
        {
            if (Known(entry.Key.Text) is null)
            {
                Add(entry.Key, entry.Value);
            }
        }
    }

    private Node? Known(string key)
    {
        if (index is not null)
        {
            return index.GetValueOrDefault(key);
        }

        foreach (NodeEntry entry in entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Key;
            }
        }

        return null;
    }
}
