using System.Text;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Compiling;

/// <summary>Turns <c>needs:</c> and <c>after:</c> into edges; the id of a matrix means all its members.</summary>
internal sealed class NeedResolution(PlanDraft plan, MatrixExpansion expansion, DiagnosticBag diagnostics)
{
    private const int MostEdges = 10_000_000;

    // Each suggestion looks at all tasks.
    private const int MostSuggestions = 20;

    private readonly List<TaskEdge> edges = [];
    private readonly int[] lastDependant = new int[expansion.DraftOf.Length];
    private int suggestions;

    /// <summary>All edges, without repetitions; a need that is hard and soft is hard. Null when there are too many.</summary>
    public TaskEdge[]? Resolve()
    {
        foreach (TaskDraft draft in plan.Tasks)
        {
            if (draft.Settings.Needs is null && draft.Settings.After is null)
            {
                continue;
            }

            List<Need> needs = [];
            Parse(draft, draft.Settings.Needs, soft: false, needs);
            Parse(draft, draft.Settings.After, soft: true, needs);
            if (!TryConnect(draft, needs))
            {
                return null;
            }
        }

        return [.. edges];
    }

    private void Parse(TaskDraft draft, IReadOnlyList<Node>? nodes, bool soft, List<Need> needs)
    {
        foreach (Node node in nodes ?? [])
        {
            if (!node.Text.Contains(TextTemplate.Open, StringComparison.Ordinal))
            {
                if (TryFind(draft, node, node.Text, out (int First, int Count) range))
                {
                    needs.Add(new Need(node, soft, null, range));
                }
            }
            else if (!TextTemplate.TryParse(node.Text, out TextTemplate text, out TextError error))
            {
                diagnostics.ErrorInside(node, error.Offset, error.Value, error.Message, error.Cure);
            }
            else if (text.Parts.FirstOrDefault(part => part.Reference is { } one && !IsKnown(draft, one)).Reference is { } unknown)
            {
                diagnostics.ErrorInside(node, unknown.Offset, unknown.ToString(), "the name of a need can use values of the matrix and of the plan only", "Add the value to matrix:, or write the name out.");
            }
            else
            {
                needs.Add(new Need(node, soft, text, default));
            }
        }
    }

    private bool IsKnown(TaskDraft draft, Reference reference) =>
        reference.Kind == ReferenceKind.Value
        && (plan.Values.ContainsKey(reference.Name) || (draft.Settings.Matrix ?? []).Any(axis => axis.Key.Text == reference.Name));

    private bool TryConnect(TaskDraft draft, List<Need> needs)
    {
        HashSet<Need> refused = [];
        foreach (string mention in draft.Mentions.Where(mention => needs.Exists(need => ReferenceCheck.BaseOf(need.Node.Text) == mention && need.Node.Text != mention)))
        {
            draft.Resolved[mention] = new List<int>[draft.Count];
        }

        for (int member = 0; member < draft.Count; member++)
        {
            int dependant = draft.First + member;
            foreach (Need need in needs)
            {
                if (refused.Contains(need))
                {
                    continue;
                }

                (int First, int Count) range = need.Range;
                if (need.Text is not null && !TryFind(draft, need.Node, Insert(draft, member, need.Text), out range))
                {
                    refused.Add(need);
                    continue;
                }

                if (dependant >= range.First && dependant < range.First + range.Count)
                {
                    diagnostics.Error(need.Node, "a task cannot need itself", "Remove it.");
                    refused.Add(need);
                    continue;
                }

                if (edges.Count + (long)range.Count > MostEdges)
                {
                    diagnostics.Error(need.Node, $"more than {MostEdges} edges", "the tasks need each other in too many combinations", "Put a task with noop: 0s between the two matrices.");
                    return false;
                }

                Connect(draft, member, need, range);
            }
        }

        return true;
    }

    private void Connect(TaskDraft draft, int member, Need need, (int First, int Count) range)
    {
        int dependant = draft.First + member;
        for (int target = range.First; target < range.First + range.Count; target++)
        {
            if (lastDependant[target] != dependant + 1)
            {
                lastDependant[target] = dependant + 1;
                edges.Add(new TaskEdge(target, dependant, need.Soft));
            }
        }

        if (draft.Resolved.Count > 0 && draft.Resolved.TryGetValue(ReferenceCheck.BaseOf(need.Node.Text), out List<int>[]? resolved))
        {
            (resolved[member] ??= []).AddRange(Enumerable.Range(range.First, range.Count));
        }
    }

    private string Insert(TaskDraft draft, int member, TextTemplate text)
    {
        StringBuilder builder = new();
        foreach (TextPart part in text.Parts)
        {
            if (part.Reference is not { } reference)
            {
                builder.Append(part.Literal);
                continue;
            }

            IReadOnlyList<MatrixAxis> axes = draft.Settings.Matrix ?? [];
            int axis = 0;
            while (axis < axes.Count && axes[axis].Key.Text != reference.Name)
            {
                axis++;
            }

            // The same form as in the name of the member it points at.
            builder.Append(Printable.Shorten((axis < axes.Count ? MatrixExpansion.ValueOf(draft, member, axis) : plan.Values[reference.Name]).Text, 80));
        }

        return builder.ToString();
    }

    private bool TryFind(TaskDraft draft, Node node, string name, out (int First, int Count) range)
    {
        if (plan.ById.TryGetValue(name, out TaskDraft? target))
        {
            range = (target.First, target.Count);
            return true;
        }

        if (expansion.IndexOf.TryGetValue(name, out int index))
        {
            range = (index, 1);
            return true;
        }

        range = default;
        string id = ReferenceCheck.BaseOf(name);
        string cure = plan.ById.TryGetValue(id, out TaskDraft? matrix) && id != name
            ? matrix.IsMatrix && Nearest.Find(name, Members(matrix)) is { } member ? $"Did you mean {member}?" : $"{id} has no such member; needs: [{id}] means all."
            : suggestions++ < MostSuggestions && Nearest.Find(name, plan.ById.Keys) is { } near ? $"Did you mean {near}?" : "Write the id of a task of this plan.";
        diagnostics.Error(node, Printable.Shorten(name, 80), $"task {draft.Settings.Id} needs a task that does not exist", cure);
        return false;
    }

    private IEnumerable<string> Members(TaskDraft draft) => Enumerable.Range(draft.First, draft.Count).Select(index => expansion.Names[index]);

    private sealed record Need(Node Node, bool Soft, TextTemplate? Text, (int First, int Count) Range);
}
