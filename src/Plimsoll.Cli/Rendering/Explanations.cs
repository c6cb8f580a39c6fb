using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints why tasks are where they are, in sentences.</summary>
internal static class Explanations
{
    public static void Write(OutputTarget output, IReadOnlyList<ExplanationView> explanations, bool withAttempts)
    {
        if (explanations.Count == 0)
            output.WriteLine("Nothing waits.");

        foreach (ExplanationView task in explanations)
        {
            output.WriteLine($"{output.Paint(Ink.Strong, ControlEscaper.Text(task.Name))} is {output.Paint(Outcomes.InkOf(task.State), task.State)}");
            foreach (ReasonView reason in task.Reasons)
                Reason(output, reason);
            foreach (AttemptView attempt in withAttempts ? task.Attempts : [])
                Attempt(output, attempt);
        }
    }

    private static void Reason(OutputTarget output, ReasonView reason)
    {
        output.WriteLine($"  {ControlEscaper.Text(Outcomes.Short(reason.Message))}");
        if (reason.Needed is not null || reason.Available is not null)
        {
            string needed = reason.Needed is null ? "" : $"needs {ControlEscaper.Text(reason.Needed)}";
            string available = reason.Available is null ? "" : $"there is {ControlEscaper.Text(reason.Available)}";
            output.WriteLine($"    {needed}{(needed.Length > 0 && available.Length > 0 ? ", " : "")}{available}");
        }

        if (!string.IsNullOrEmpty(reason.ReleasedBy))
            output.WriteLine($"    released by {ControlEscaper.Text(reason.ReleasedBy)}");
    }

    private static void Attempt(OutputTarget output, AttemptView attempt)
    {
        string outcome = attempt.Outcome is { } end ? Outcomes.Describe(end, attempt.ExitCode, attempt.Signal) : "running";
        string reason = Outcomes.Beyond(attempt.Reason, attempt.ExitCode) is { } more ? $": {more}" : "";
        output.WriteLine($"  attempt {attempt.Number.ToString(CultureInfo.InvariantCulture)} {output.Paint(Outcomes.InkOf(attempt.Outcome ?? "running"), outcome)}{reason}");
        foreach (string detail in Outcomes.Details(attempt.Reason))
            output.WriteLine($"    {output.Paint(Ink.Faint, detail)}");
        if (attempt.Outcome is not (null or "succeeded") && Evidence.Of(attempt.StdoutPath, attempt.StderrPath) is { } path)
            output.WriteLine($"    {output.Paint(Ink.Faint, ControlEscaper.Text(path))}");
    }
}
