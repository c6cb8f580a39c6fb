using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>A listing verb that also asks a service elsewhere.</summary>
internal abstract class DeskVerb : ListingVerb
{
    private readonly Option<string?> _server = new("--server")
    {
        Description = "Ask the service at this address (default: PLIMSOLL_URL, unless --state is given; otherwise this folder)",
        HelpName = "URL",
    };

    protected DeskVerb(string name, string description, CliContext context)
        : base(name, description, context)
    {
    }

    protected void AddDeskOptions()
    {
        Add(_server);
        AddListingOptions();
    }

    /// <summary>The service that is meant; null = the project itself.</summary>
    protected Outcome<ServiceDesk?> Service(Project project, ParseResult words)
    {
        string? server = words.GetValue(_server);
        if (server is null && (!project.NamesService || StateIsGiven(words)))
            return (ServiceDesk?)null;
        return project.Service(server).TryGet(out ServiceDesk? service, out Refusal? refusal) ? service : refusal;
    }

    protected sealed override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        if (!Service(project, words).TryGet(out ServiceDesk? service, out Refusal? refusal))
            return Refuse(refusal);
        using (service)
            return await AnswerAsync((IWorkDesk?)service ?? project, words, cancellationToken);
    }

    protected abstract Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken);
}
