using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Takes up an unfinished run.</summary>
internal sealed class ResumeCommand : RunningVerb
{
    private readonly Argument<int?> _run = new("RUN") { Description = "The run (default: the newest that is unfinished)", Arity = ArgumentArity.ZeroOrOne };

    public ResumeCommand(CliContext context)
        : base("resume", "Go on with an unfinished run: nothing that finished runs again", context)
    {
        Add(_run);
        AddRunningOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll resume", "The newest unfinished run, after a crash, a Ctrl-C or a reboot"),
        new("plimsoll resume 7 -j 2", "Run 7, at most 2 tasks at once"),
    ];

    public override string Remarks =>
        "Processes left over from the interrupted run are found and ended first; their attempts count as lost, which uses up no retry. " + base.Remarks;

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal) || !Limit(words).TryGet(out TaskLimit? limit, out refusal))
            return Task.FromResult(Refuse(refusal));

        var request = new ResumeRequest(words.GetValue(_run), limit);
        return RunAsync(words, token => project.ResumeAsync(request, token), _ => MakeRunView(words));
    }
}
