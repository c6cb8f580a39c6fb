using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Cli.Top;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Shows what happens now, live in the terminal.</summary>
internal sealed class TopCommand : ListingVerb
{
    private const string Keys = "q quits   ↑ ↓ select   w why   s sort";
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly Option<bool> _once = new("--once") { Description = "Print it once and end" };

    public TopCommand(CliContext context)
        : base("top", "Show what happens now, live: the load line, what runs, what waits and why", context)
    {
        Add(_once);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll top", "Of the service or the run that works in this folder, drawn anew each second"),
        new("plimsoll top --once", "As text, for a pipe"),
        new("plimsoll top --json", "As one JSON document, for scripts"),
    ];

    public override string Remarks => "Keys: arrows select a task, w or Enter says why it stands where it stands, s changes the order of what runs, q ends it. Without a terminal it prints once.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        bool live = Out.IsTerminal && !Console.IsInputRedirected && !words.GetValue(_once) && !WantsJson(words);
        if (live)
            return await WatchAsync(project, cancellationToken);

        Outcome<OverviewView> answer = await project.OverviewAsync(cancellationToken);
        return Show(words, answer, OverviewJsonContext.Default.OverviewView, overview =>
        {
            foreach (LiveLine line in new TopPage(Out, null).Lines(overview, TopState.Start))
                Out.WriteLine(line.Painted);
        });
    }

    private async Task<ExitCode> WatchAsync(Project project, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        using var screen = new TopScreen(Out);
        TopState state = TopState.Start;
        while (signals.Count == 0)
        {
            if (!(await project.OverviewAsync(cancellationToken)).TryGet(out OverviewView? overview, out Refusal? refusal))
            {
                screen.Dispose();
                return Refuse(refusal);
            }

            long drawn = Context.Time.GetTimestamp();
            Draw(screen, overview, state);
            while (signals.Count == 0 && Context.Time.GetElapsedTime(drawn) < s_period)
            {
                if (!Console.KeyAvailable)
                {
                    await Task.Delay(s_look, Context.Time, cancellationToken);
                    continue;
                }

                if (await PressAsync(project, overview, state, Console.ReadKey(intercept: true), cancellationToken) is not { } next)
                    return ExitCode.Success;
                state = next;
                Draw(screen, overview, state);
            }
        }

        return signals.Code ?? ExitCode.Success;
    }

    private void Draw(TopScreen screen, OverviewView overview, TopState state)
    {
        int height = Math.Max(10, Console.WindowHeight);
        string order = state.Order.ToString().ToLowerInvariant();
        screen.Show(new TopPage(Out, height).Lines(overview, state), $"{Keys} (by {order})", height);
    }

    /// <returns>Null when it is to end.</returns>
    private static async Task<TopState?> PressAsync(Project project, OverviewView overview, TopState state, ConsoleKeyInfo key, CancellationToken cancellationToken)
    {
        switch (key.Key)
        {
            case ConsoleKey.Q:
                return null;
            case ConsoleKey.Escape:
                return state.Why is null ? null : state with { Why = null };
            case ConsoleKey.S:
                return state.NextOrder();
            case ConsoleKey.DownArrow or ConsoleKey.J:
                return state.Move(overview, 1);
            case ConsoleKey.UpArrow or ConsoleKey.K:
                return state.Move(overview, -1);
            case ConsoleKey.W or ConsoleKey.Enter:
                return state with { Why = state.Why is null ? await WhyAsync(project, overview, state, cancellationToken) : null };
            default:
                return state;
        }
    }

    private static async Task<ExplanationView?> WhyAsync(Project project, OverviewView overview, TopState state, CancellationToken cancellationToken)
    {
        TopTask task = state.Tasks(overview).FirstOrDefault(one => one.Id == state.Selected);
        if (task.Id is null)
            return null;

        int run = int.Parse(task.Id.AsSpan(0, task.Id.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        Outcome<IReadOnlyList<ExplanationView>> answer = await project.ExplainAsync(new TaskAddress(run, task.Name), 1, cancellationToken);
        return answer.TryGet(out IReadOnlyList<ExplanationView>? found, out Refusal? refusal)
            ? (found.Count > 0 ? found[0] : null)
            : new ExplanationView(run, task.Name, "", [new ReasonView("unknown", refusal.Message, null, null, null)], []);
    }
}
