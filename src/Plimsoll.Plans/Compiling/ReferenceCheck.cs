using System.Collections.Immutable;
using Plimsoll.Plans.Conditions;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Compiling;

/// <summary>Checks every text and condition of a task: that it can be parsed, that what it names exists, and that shell lines are safe.</summary>
internal sealed class ReferenceCheck(PlanDraft plan, DiagnosticBag diagnostics)
{
    private const int LongestCondition = 4000;

    public void Check(TaskDraft draft)
    {
        TaskSettings settings = draft.Settings;
        if (settings.Run is { Kind: NodeKind.Scalar } line)
        {
            CheckText(draft, line, inTemplate: true, isShell: true);
        }

        settings.Run?.Items.ForEach(item => CheckText(draft, item, inTemplate: true));
        CheckText(draft, settings.Prompt, inTemplate: true);
        CheckText(draft, settings.LlmModel, inTemplate: true);
        CheckText(draft, settings.LlmPrompt, inTemplate: true);
        CheckText(draft, settings.LlmSystem, inTemplate: true);
        CheckText(draft, settings.WorkingFolder, inTemplate: true);
        foreach (EnvironmentSetting entry in settings.Environment ?? [])
        {
            CheckText(draft, entry.Text, inTemplate: true);
        }

        foreach (NodeEntry entry in settings.Params ?? [])
        {
            CheckText(draft, entry.Value, inTemplate: false);
        }

        if (draft.Template is { } template)
        {
            foreach (Node? value in template.Parameters.Values)
            {
                CheckText(draft, value, inTemplate: false);
            }
        }

        if (settings.When is { } when)
        {
            CheckCondition(draft, when);
        }
    }

    /// <summary>The id a name belongs to: <c>review[a.cs]</c> to <c>review</c>.</summary>
    public static string BaseOf(string name)
    {
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? name : name[..bracket];
    }

    private void CheckText(TaskDraft draft, Node? node, bool inTemplate, bool isShell = false)
    {
        if (node is null || !node.Text.Contains(TextTemplate.Open, StringComparison.Ordinal))
        {
            return;
        }

        if (!TextTemplate.TryParse(node.Text, out TextTemplate text, out TextError error))
        {
            Report(node, error);
            return;
        }

        foreach (TextPart part in text.Parts)
        {
            if (part.Reference is { } reference)
            {
                CheckReference(draft, node, reference, inTemplate);
            }
        }

        foreach (TextError unsafePlace in isShell ? ShellLine.Check(text) : [])
        {
            Report(node, unsafePlace);
        }
    }

    private void CheckCondition(TaskDraft draft, Node when)
    {
        if (when.Text.Length > LongestCondition)
        {
            diagnostics.Error(when, $"{when.Text.Length} characters", "the condition is too long", $"The limit is {LongestCondition} characters; let a task compute it and read its output.");
        }
        else if (ConditionParser.TryParse(when.Text, out TextError error) is { } condition)
        {
            foreach (Reference reference in condition.References())
            {
                CheckReference(draft, when, reference, inTemplate: false);
            }
        }
        else
        {
            Report(when, error);
        }
    }

    private void CheckReference(TaskDraft draft, Node node, Reference reference, bool inTemplate)
    {
        if (reference.Kind == ReferenceKind.Value)
        {
            CheckValue(draft, node, reference, inTemplate);
        }
        else if (reference.Kind != ReferenceKind.Executable)
        {
            CheckNeed(draft, node, reference);
        }
    }

    private void CheckValue(TaskDraft draft, Node node, Reference reference, bool inTemplate)
    {
        bool known = plan.Values.ContainsKey(reference.Name)
            || (inTemplate && draft.Template is not null && draft.Template.Parameters.ContainsKey(reference.Name))
            || (draft.Settings.Matrix ?? []).Any(axis => axis.Key.Text == reference.Name);
        if (known)
        {
            return;
        }

        List<string> names = [.. (draft.Settings.Matrix ?? []).Select(axis => axis.Key.Text), .. plan.Values.Keys];
        if (inTemplate && draft.Template is not null)
        {
            names.AddRange(draft.Template.Parameters.Keys);
        }

        string cure = reference.Name.StartsWith("needs.", StringComparison.Ordinal)
            ? "Write needs.TASK.KEY or needs.TASK.outcome."
            : Nearest.Cure(reference.Name, names, "value for this task; declare it in matrix:, params: or the template");
        diagnostics.ErrorInside(node, reference.Offset, reference.Name, $"task {draft.Settings.Id} has no value of this name", cure);
    }

    private void CheckNeed(TaskDraft draft, Node node, Reference reference)
    {
        ImmutableArray<Node> written = [.. draft.Settings.Needs ?? [], .. draft.Settings.After ?? []];
        string id = BaseOf(reference.Name);
        if (!written.Any(need => need.Text == reference.Name || need.Text == id || BaseOf(need.Text) == reference.Name))
        {
            string cure = plan.ById.ContainsKey(id)
                ? $"Add {id} to needs: (or to after:, to see also how it failed)."
                : Nearest.Cure(id, [.. written.Select(need => BaseOf(need.Text)).Distinct(StringComparer.Ordinal)], "need of this task");
            diagnostics.ErrorInside(node, reference.Offset, reference.ToString(), $"task {draft.Settings.Id} does not need {reference.Name}", cure);
            return;
        }

        draft.Mentions.Add(reference.Name);
        if (reference.Kind == ReferenceKind.Output && plan.ById.TryGetValue(id, out TaskDraft? target)
            && target.Settings.Outputs is { } outputs && !outputs.Contains(reference.Key))
        {
            diagnostics.ErrorInside(node, reference.Offset, reference.ToString(), $"task {id} does not declare the output {reference.Key}", Nearest.Cure(reference.Key, outputs, "declared output"));
        }
    }

    private void Report(Node node, TextError error) =>
        diagnostics.ErrorInside(node, error.Offset, Printable.Shorten(error.Value, 80), error.Message, error.Cure);
}
