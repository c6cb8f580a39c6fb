using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>Reads <c>size:</c> for each member of a task.</summary>
internal sealed class InputSizes(DiagnosticBag diagnostics)
{
    /// <summary>Rounded; 0 when none is told or it cannot be read, which is reported.</summary>
    public double Of(TaskDraft draft, int member)
    {
        if (draft.Settings.Size is not { } node || ValueOf(draft, node, member) is not { } value)
        {
            return 0;
        }

        if (TryRead(value.Text, out double size))
        {
            return InputSize.Rounded(size);
        }

        diagnostics.Error(value, $"the size of {draft.Settings.Id} is no number above 0", "Write a number, an amount as 1.5G, or {{key}} with a key of the task's matrix whose values are such.");
        return 0;
    }

    private static bool TryRead(string text, out double size)
    {
        size = Bytes.TryParse(text, out Bytes bytes) && bytes > Bytes.Zero ? bytes.Value : 0;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            size = number;
        }

        return double.IsFinite(size) && size > 0 && size <= InputSize.Largest;
    }

    private Node? ValueOf(TaskDraft draft, Node node, int member)
    {
        string text = node.Text.Trim();
        if (!text.StartsWith("{{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            return node;
        }

        string key = text[2..^2].Trim();
        IReadOnlyList<MatrixAxis> axes = draft.Settings.Matrix ?? [];
        for (int axis = 0; axis < axes.Count; axis++)
        {
            if (string.Equals(axes[axis].Key.Text, key, StringComparison.Ordinal))
            {
                return MatrixExpansion.ValueOf(draft, member, axis);
            }
        }

        if (member == 0)
        {
            diagnostics.Error(node, $"{key} is no key of the matrix of {draft.Settings.Id}", axes.Count > 0 ? $"Its keys are {string.Join(", ", axes.Select(axis => axis.Key.Text))}." : "Add matrix:, or write a number.");
        }

        return null;
    }
}
