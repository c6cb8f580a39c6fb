using System.Globalization;
using System.Text;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>Gives every task its place in the block and every member of a matrix its name.</summary>
internal sealed class MatrixExpansion(PlanDraft plan, DiagnosticBag diagnostics)
{
    /// <summary>Tasks of one plan, and of one matrix.</summary>
    public const int MostTasks = 1_000_000;

    private const int LongestValue = 80;

    /// <summary>Names of all tasks in block order.</summary>
    public Utf8Arena Names { get; private set; } = new(0);

    /// <summary>Index of each task by its name.</summary>
    public Dictionary<string, int> IndexOf { get; } = new(StringComparer.Ordinal);

    /// <summary>The draft of each task of the block.</summary>
    public int[] DraftOf { get; private set; } = [];

    /// <summary>False when the plan is too large to be expanded.</summary>
    public bool TryExpand()
    {
        long total = 0;
        foreach (TaskDraft draft in plan.Tasks)
        {
            if (!TryCount(draft, out int count))
            {
                return false;
            }

            draft.First = (int)Math.Min(total, int.MaxValue);
            draft.Count = count;
            total += count;
        }

        if (total > MostTasks)
        {
            diagnostics.Error(plan.Tasks[^1].Settings.At, $"{total} tasks", "the plan has too many tasks", $"The limit is {MostTasks}; split the plan.");
            return false;
        }

        Names = new Utf8Arena((int)total);
        DraftOf = new int[total];
        IndexOf.EnsureCapacity((int)total);
        for (int i = 0; i < plan.Tasks.Count; i++)
        {
            TaskDraft draft = plan.Tasks[i];
            Array.Fill(DraftOf, i, draft.First, draft.Count);
            for (int member = 0; member < draft.Count; member++)
            {
                Name(draft, member);
            }
        }

        return true;
    }

    /// <summary>The value of an axis in a member; the last axis changes fastest.</summary>
    public static Node ValueOf(TaskDraft draft, int member, int axis)
    {
        IReadOnlyList<MatrixAxis> axes = draft.Settings.Matrix!;
        for (int i = axes.Count - 1; i > axis; i--)
        {
            member /= axes[i].Values.Count;
        }

        return axes[axis].Values[member % axes[axis].Values.Count];
    }

    private bool TryCount(TaskDraft draft, out int count)
    {
        long product = 1;
        foreach (MatrixAxis axis in draft.Settings.Matrix ?? [])
        {
            product *= axis.Values.Count;
            if (product > MostTasks)
            {
                string sizes = string.Join(" x ", draft.Settings.Matrix!.Select(one => one.Values.Count.ToString(CultureInfo.InvariantCulture)));
                diagnostics.Error(draft.Settings.Matrix![0].Key, sizes, $"the matrix of {draft.Settings.Id} has too many combinations", $"The limit is {MostTasks}; split it into several tasks or plans.");
                count = 0;
                return false;
            }
        }

        count = (int)product;
        return true;
    }

    private void Name(TaskDraft draft, int member)
    {
        string name = draft.IsMatrix ? MemberName(draft, member) : draft.Settings.Id;
        Names.Add(name);
        if (!IndexOf.TryAdd(name, draft.First + member) && draft.IsMatrix)
        {
            diagnostics.Error(draft.Settings.Matrix![0].Key, name, "two combinations of the matrix have the same name", "Remove the value that is written twice, or make the values differ in their first 80 characters.");
        }
    }

    private static string MemberName(TaskDraft draft, int member)
    {
        StringBuilder builder = new(draft.Settings.Id);
        for (int axis = 0; axis < draft.Settings.Matrix!.Count; axis++)
        {
            builder.Append(axis == 0 ? '[' : ',').Append(Printable.Shorten(ValueOf(draft, member, axis).Text, LongestValue));
        }

        return builder.Append(']').ToString();
    }
}
