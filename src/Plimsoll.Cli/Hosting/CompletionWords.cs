using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Parsing;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Hosting;

/// <summary>Answers the completion scripts: what the last word could become, one per line; nothing = a file name.</summary>
internal static class CompletionWords
{
    /// <summary>The hidden verb the scripts call.</summary>
    public const string Verb = "__complete";

    private const int MostTasks = 500;

    public static async Task<ExitCode> WriteAsync(ReadOnlyMemory<string> words, CliContext context, CancellationToken cancellationToken)
    {
        string current = words.IsEmpty ? "" : words.Span[^1];
        IEnumerable<string> found = words.Length < 2 ? VerbTable.All.Select(entry => entry.Name) : [];
        if (words.Length > 1 && VerbTable.Find(words.Span[0]) is { } entry)
            found = await InVerbAsync(entry, words.Span[1], current, context, cancellationToken);
        foreach (string candidate in found.Where(candidate => candidate.StartsWith(current, StringComparison.Ordinal)))
            context.Out.WriteLine(candidate);
        return ExitCode.Success;
    }

    private static async Task<IEnumerable<string>> InVerbAsync(VerbEntry entry, string second, string current, CliContext context, CancellationToken cancellationToken)
    {
        Verb verb = entry.Create(context);
        verb = verb.Nested(second) ?? verb;
        verb.AddCommonOptions();
        if (current.StartsWith('-'))
            return verb.Options.SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal));
        if (verb is CompletionCommand)
            return ["bash", "zsh", "fish"];
        return verb.Arguments.Any(argument => argument.Name is "RUN|TASK" or "RUN") ? await TasksAsync(current, context, cancellationToken) : [];
    }

    private static async Task<IEnumerable<string>> TasksAsync(string current, CliContext context, CancellationToken cancellationToken)
    {
        var options = new ProjectOptions(context.Folder, null, null, new Dictionary<string, string>(StringComparer.Ordinal));
        TaskAddress address = Address.Parse(current);
        if (!Project.Open(options, context.Time).TryGet(out Project? project, out _)
            || !(await project.RunsAsync(20, cancellationToken)).TryGet(out IReadOnlyList<RunView>? runs, out _)
            || !(await project.TasksAsync(new TaskFilter(address with { Task = null }, [], MostTasks), cancellationToken)).TryGet(out IReadOnlyList<TaskView>? tasks, out _))
        {
            return [];
        }

        return runs.Select(run => $"{run.Run}").Concat(tasks.SelectMany(task => new[] { task.Name, Address.Format(task.Run, task.Name) }));
    }
}
