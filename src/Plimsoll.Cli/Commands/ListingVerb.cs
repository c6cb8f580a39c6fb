using System.CommandLine;
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

    protected sealed override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken) =>
        OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            ? await AnswerAsync(project, words, cancellationToken)
            : Refuse(refusal);

    protected abstract Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken);
}
