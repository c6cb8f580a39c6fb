using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>A verb that asks a project something and prints the answer, for people or as JSON.</summary>
internal abstract class ListingVerb : ProjectVerb
{
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/cli.md shows its shape)" };

    protected ListingVerb(string name, string description, CliContext context)
        : base(name, description, context)
    {
    }

    protected void AddListingOptions()
    {
        Add(_json);
        AddProjectOptions();
    }

    protected bool WantsJson(ParseResult words) => words.GetValue(_json);

    /// <summary>Prints an answer, or why there is none: as JSON when that is asked for, otherwise as <paramref name="write"/> does.</summary>
    /// <param name="code">The exit code an answer deserves; null = success.</param>
    protected ExitCode Show<T>(ParseResult words, Outcome<T> answer, JsonTypeInfo<T> json, Action<T> write, Func<T, ExitCode>? code = null)
    {
        if (!answer.TryGet(out T? value, out Refusal? refusal))
            return Refuse(refusal);

        if (WantsJson(words))
            Out.WriteJson(value, json);
        else
            write(value);
        return code?.Invoke(value) ?? ExitCode.Success;
    }

    protected sealed override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken) =>
        OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            ? await AnswerAsync(project, words, cancellationToken)
            : Refuse(refusal);

    protected abstract Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken);
}
