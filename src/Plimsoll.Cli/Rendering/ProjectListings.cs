using System.Globalization;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Projects;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what concerns a project rather than a run: configuration, checks, cleaning, changes.</summary>
internal static class ProjectListings
{
    public static void Configuration(OutputTarget output, IReadOnlyList<ConfigValueView> values)
    {
        var table = new TextTable(new("KEY"), new("VALUE", Shrinks: true), new("FROM", Shrinks: true));
        foreach (ConfigValueView value in values)
        {
            Ink ink = value.Origin == "default" ? Ink.Faint : Ink.Plain;
            table.Add(new TextCell(value.Key, Ink.Strong), value.Value, new TextCell(value.Origin, ink));
        }

        table.WriteTo(output);
    }

    public static void Doctor(OutputTarget output, DoctorView doctor)
    {
        int width = doctor.Checks.Select(check => check.Name.Length).DefaultIfEmpty().Max();
        foreach (DoctorCheckView check in doctor.Checks)
        {
            string status = output.Paint(Outcomes.InkOf(check.Status), check.Status.PadRight(4));
            output.WriteLine($"{status}  {check.Name.PadRight(width)}  {ControlEscaper.Text(check.Detail)}");
            if (!string.IsNullOrEmpty(check.Cure))
                output.WriteLine($"{new string(' ', width + 8)}{ControlEscaper.Text(check.Cure)}");
        }

        int failed = doctor.Checks.Count(check => check.Status == "fail");
        int warned = doctor.Checks.Count(check => check.Status == "warn");
        output.WriteLine();
        output.WriteLine(failed > 0 ? $"{Figures.Count(failed, "check", "checks")} failed."
            : warned > 0 ? $"Ready, with {Figures.Count(warned, "warning", "warnings")}."
            : "Ready.");
    }

    public static void Clean(OutputTarget output, CleanView cleaned)
    {
        output.WriteLine($"{(cleaned.DryRun ? "Would remove" : "Removed")} {Figures.Count(cleaned.Runs, "run", "runs")} with "
            + $"{Figures.Count(cleaned.Tasks, "task", "tasks")}, {Figures.Count(cleaned.Files, "file", "files")}, "
            + $"{Figures.Count(cleaned.Worktrees, "worktree", "worktrees")} and {Figures.Count(cleaned.Events, "event", "events")}: {Figures.Bytes(cleaned.FreedBytes)}.");
        foreach (string kept in cleaned.Kept)
            output.WriteLine($"  kept {ControlEscaper.Text(kept)}");
    }

    public static void Diffs(OutputTarget output, IReadOnlyList<DiffView> diffs, bool onlyStatistics)
    {
        if (diffs.Count == 0)
            output.WriteLine("No task with a worktree changed anything.");

        foreach (DiffView diff in diffs)
        {
            string numbers = string.Create(CultureInfo.InvariantCulture, $"{Figures.Count(diff.Files, "file", "files")}, +{diff.Insertions} -{diff.Deletions}");
            output.WriteLine(output.Paint(Ink.Strong, $"{Number(diff.Run)}/{ControlEscaper.Text(diff.Task)}")
                + $"  {numbers}  {output.Paint(Ink.Faint, ControlEscaper.Text(diff.Branch))}");
            if (!onlyStatistics)
                Patch(output, diff.Patch);
        }
    }

    public static void Merge(OutputTarget output, MergeView merge)
    {
        foreach (MergedTaskView task in merge.Tasks)
        {
            string reason = string.IsNullOrEmpty(task.Reason) ? "" : $"  {ControlEscaper.Text(Outcomes.Short(task.Reason))}";
            output.WriteLine($"{output.Paint(Outcomes.InkOf(task.Status), task.Status.PadRight(8))}  {ControlEscaper.Text(task.Task)}{reason}");
            foreach (string file in task.Conflicts)
                output.WriteLine($"          in {ControlEscaper.Text(file)}");
            if (task.Conflicts.Count > 0)
                output.WriteLine($"          to solve it: git merge {ControlEscaper.Text(task.Branch)}");
        }

        int merged = merge.Tasks.Count(task => task.Status == "merged");
        int conflicts = merge.Tasks.Count(task => task.Status == "conflict");
        output.WriteLine($"Merged {Figures.Count(merged, "branch", "branches")} of run {Number(merge.Run)} into {ControlEscaper.Text(merge.IntoBranch)}"
            + (conflicts > 0 ? $"; {Figures.Count(conflicts, "branch conflicts and was", "branches conflict and were")} not merged." : "."));
    }

    private static void Patch(OutputTarget output, string patch)
    {
        if (!output.IsTerminal && !output.Color)
        {
            // As git wrote it, so that a pipe can apply it.
            output.Write(patch.EndsWith('\n') || patch.Length == 0 ? patch : patch + "\n");
            return;
        }

        foreach (string line in patch.TrimEnd('\n').Split('\n'))
        {
            var safe = new StringBuilder();
            ControlEscaper.Append(Encoding.UTF8.GetBytes(line), keepColor: false, safe);
            string text = safe.ToString();
            Ink ink = line.StartsWith('+') ? Ink.Good : line.StartsWith('-') ? Ink.Bad : line.StartsWith("@@", StringComparison.Ordinal) ? Ink.Accent : Ink.Plain;
            output.WriteLine(output.Paint(ink, text));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
