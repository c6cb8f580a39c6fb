using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Core.Limits.Queueing;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;
using Plimsoll.Gateway.Quotas;
using GatewayKind = Plimsoll.Core.Providers.ProviderKind;
using ModelKind = Plimsoll.Calibration.ProviderModel.Accounts.ProviderKind;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>Agents, the quota of the gateway as it runs, and a modelled account, in virtual time; requests travel 10 to 50 ms each way.</summary>
/// <remarks>Only sockets are missing: queue, estimates, header fusion, leaders of cold prefixes and settlement are those of the gateway.</remarks>
internal sealed class FleetSimulation : IDisposable
{
    private const string Model = "model";
    private const int UrgentAgent = -1;
    private const int DebitStep = 32;
    private readonly FleetOptions options;
    private readonly IReadOnlyList<FleetCall> calls;
    private readonly Random random;
    private readonly VirtualTime time = new();
    private readonly ProviderAccount provider;
    private readonly Quota quota;
    private readonly List<FleetFlight> queued = [];
    private readonly List<(FleetFlight Flight, Task Leader, TimeSpan Until)> following = [];
    private readonly Dictionary<int, double> usedByAgent = [];
    private readonly List<double> urgentWaits = [];
    private readonly List<double> waits = [];
    private TimeSpan measuredFrom;
    private double busySeconds;
    private double charged;
    private long sent;
    private long refused;
    private int next;
    private bool again;
    private bool repeats;

    public FleetSimulation(FleetOptions options, IReadOnlyList<FleetCall> calls)
    {
        this.options = options;
        this.calls = calls;
        random = new(options.Seed);
        provider = new(options.Provider, time.GetUtcNow());
        ProviderSettings settings = new("model", Kind, new("http://127.0.0.1/"), [new("main", null, [])], [])
        {
            ChargesSum = options.Provider.Charging == TokenCharging.Sum,
        };
        GatewayClock clock = new(time);
        quota = new("*", new(Kind, options.Configured, clock.Now), new(settings, new([])), clock);
    }

    private GatewayKind Kind =>
        options.Provider.Kind == ModelKind.Anthropic ? GatewayKind.Anthropic : GatewayKind.OpenAI;

    /// <summary>Closed loop: each agent sends its next call when the last has ended.</summary>
    public FleetResult RunAgents(int agents, TimeSpan warmUp, TimeSpan measured)
    {
        repeats = true;
        Begin(agents);
        return Run(warmUp, warmUp + measured);
    }

    /// <summary>Open loop: calls arrive as recorded, at a multiple of the recorded speed, from a hundred agents in turn.</summary>
    public FleetResult Replay(IReadOnlyList<double> arrivals, double speed, TimeSpan warmUp)
    {
        for (int call = 0; call < arrivals.Count; call++)
        {
            int agent = call % 100;
            time.At(TimeSpan.FromSeconds(arrivals[call] / speed), () => Ask(agent));
        }

        return Run(warmUp, TimeSpan.FromSeconds(arrivals[^1] / speed));
    }

    /// <summary>Each call once, by a closed loop of agents; how long it takes.</summary>
    public FleetResult RunOnce(int agents)
    {
        Begin(agents);
        return Run(TimeSpan.Zero, TimeSpan.FromDays(2), () => Answered == calls.Count);
    }

    public int Answered { get; private set; }

    public void Dispose() => quota.Dispose();

    private FleetResult Run(TimeSpan warmUp, TimeSpan until, Func<bool>? isDone = null)
    {
        time.At(warmUp, () =>
        {
            (measuredFrom, busySeconds, charged) = (warmUp, 0, 0);
            urgentWaits.Clear();
            waits.Clear();
        });
        if (options.UrgentEvery > TimeSpan.Zero)
            time.In(options.UrgentEvery, AskUrgently);
        TimeSpan before = time.Now;
        while (isDone?.Invoke() != true)
        {
            bool busy = queued.Count > 0;
            if (!time.Step(until))
                break;
            busySeconds += busy ? (time.Now - before).TotalSeconds : 0;
            before = time.Now;
            Pick();
        }

        double perSecond = provider.Limit(Model, options.Binding)!.Value / 60.0;
        return new(
            charged / (perSecond * Math.Max(1e-9, busySeconds)),
            sent,
            refused,
            Jain([.. usedByAgent.Values]),
            quota.ExpiredHolds,
            urgentWaits.Count == 0 ? 0 : urgentWaits.Max(),
            waits.Count == 0 ? 0 : waits.Order().ElementAt((int)(0.99 * (waits.Count - 1))),
            time.Now - measuredFrom);
    }

    private static double Jain(double[] shares) =>
        shares.Length == 0 ? 1 : shares.Sum() * shares.Sum() / (shares.Length * shares.Sum(share => share * share));

    private void Begin(int agents)
    {
        again = true;
        for (int agent = 0; agent < agents; agent++)
        {
            int each = agent;
            time.At(TimeSpan.Zero, () => Ask(each));
        }
    }

    private void AskUrgently()
    {
        Enter(new(UrgentAgent, new(options.UrgentInput, 50, []), Asked(new(options.UrgentInput, 50, []), new(UrgentAgent, Priority: 10)), time.Now));
        time.In(options.UrgentEvery, AskUrgently);
    }

    private void Ask(int agent)
    {
        if (next >= calls.Count && !repeats)
            return;
        FleetCall call = calls[next++ % calls.Count];
        Enter(new(agent, call, Asked(call, new(agent)), time.Now));
    }

    private QuotaCall Asked(FleetCall call, FairShare share)
    {
        double perToken = 4 * (1 + (options.SizeSpread * ((2 * random.NextDouble()) - 1)));
        return new(Model, Model, share, (int)(call.Input * perToken), options.MaxTokens, IsEmbedding: false, options.KnowsCache ? call.ForGateway() : []);
    }

    private void Enter(FleetFlight flight)
    {
        flight.Waiter = new(flight.Asked);
        if (quota.Enter(flight.Waiter))
        {
            Send(flight);
            return;
        }

        flight.Waited = true;
        queued.Add(flight);
    }

    // Whoever was let go since the last look is sent, in the order in which they asked.
    private void Pick()
    {
        while (quota.Waiting < queued.Count)
        {
            FleetFlight[] granted = [.. queued.Where(flight => flight.Waiter.Grant is not null)];
            queued.RemoveAll(flight => flight.Waiter.Grant is not null);
            Array.ForEach(granted, Send);
        }

        foreach ((FleetFlight Flight, Task Leader, TimeSpan Until) waiting in following.Where(waiting => waiting.Leader.IsCompleted || waiting.Until <= time.Now).ToArray())
        {
            following.Remove(waiting);
            Enter(waiting.Flight);
        }
    }

    private void Send(FleetFlight flight)
    {
        if (!quota.IsReady(flight.Waiter, out PrefixTurn turn))
        {
            if (turn.Leader is not { } leader)
            {
                Enter(flight);
                return;
            }

            TimeSpan until = VirtualTime.Since(turn.Until);
            following.Add((flight, leader, until));
            time.At(until, () => { });
            return;
        }

        (flight.Lead, flight.SentAt) = (turn.Lead, time.Now);
        double waited = (time.Now - flight.AskedAt).TotalSeconds;
        (flight.Agent == UrgentAgent ? urgentWaits : waits).Add(waited);
        time.In(Hop(), () => Arrive(flight));
    }

    private void Arrive(FleetFlight flight)
    {
        sent++;
        AnswerPlan plan = provider.Answer(
            new()
            {
                Number = sent,
                Form = Kind == GatewayKind.Anthropic ? ApiForm.Messages : ApiForm.ChatCompletions,
                Model = Model,
                InputTokens = flight.Call.Input,
                InputCharacters = flight.Asked.BodyBytes,
                MaxTokens = options.MaxTokens,
                OutputTokens = flight.Call.Output,
                Streams = true,
                Prefixes = flight.Call.ForProvider(),
            },
            time.GetUtcNow());
        if (plan.Status != 200)
        {
            refused++;
            time.At(VirtualTime.Since(plan.HeadersAt) + Hop(), () => Refused(flight, plan));
            return;
        }

        charged += flight.Waited ? plan.Charges.Where(charge => charge.Dimension == options.Binding).Sum(charge => charge.Amount) : 0;
        TimeSpan hop = Hop();
        time.At(VirtualTime.Since(plan.HeadersAt) + hop, () => Began(flight, plan));
        long produced = 0;
        AnswerPart[] parts = [.. plan.Parts];
        foreach (AnswerPart part in parts[1..^1])
        {
            long upTo = produced += Math.Min(options.Provider.TokensPerEvent, plan.Usage.Output - produced);
            time.At(VirtualTime.Since(part.At) + hop, () => Produced(flight, upTo));
        }

        time.At(VirtualTime.Since(parts[^1].At) + hop, () => Ended(flight, plan));
    }

    private void Refused(FleetFlight flight, AnswerPlan plan)
    {
        using HttpResponseMessage response = Headers(plan);
        Span<LimitReading> readings = stackalloc LimitReading[LimitHeaders.Most];
        int count = LimitHeaders.Read(response.Headers, Kind, readings);
        ProviderRefusal refusal = RefusalReader.Read(response.Headers, System.Text.Encoding.UTF8.GetBytes(string.Concat(plan.Parts.Select(part => part.Text))));
        quota.Report(flight.Lead, began: false);
        quota.Refused(flight.Waiter, refusal, readings[..count], time.Now - flight.SentAt);
        Enter(flight);
    }

    private void Began(FleetFlight flight, AnswerPlan plan)
    {
        using HttpResponseMessage response = Headers(plan);
        Span<LimitReading> readings = stackalloc LimitReading[LimitHeaders.Most];
        int count = options.KnowsCache ? LimitHeaders.Read(response.Headers, Kind, readings) : 0;
        quota.Answered(flight.Waiter, readings[..count], time.Now - flight.SentAt);
        quota.Report(flight.Lead, began: true);
        if (Kind == GatewayKind.Anthropic && options.KnowsCache)
            quota.InputKnown(flight.Waiter, new(plan.Usage.Input, plan.Usage.CacheWrite, plan.Usage.CacheRead, 0));
    }

    private void Produced(FleetFlight flight, long tokens)
    {
        if (tokens - flight.Debited < DebitStep)
            return;
        quota.Produced(flight.Waiter, tokens - flight.Debited);
        flight.Debited = tokens;
    }

    private void Ended(FleetFlight flight, AnswerPlan plan)
    {
        TokenUsage usage = plan.Usage;
        TokenCounts counts = options.KnowsCache
            ? new(usage.Input, usage.CacheWrite, usage.CacheRead, usage.Output)
            : new(usage.Prompt, 0, 0, usage.Output);
        quota.Settle(flight.Waiter, counts, time.Now - flight.SentAt);
        Answered++;
        if (flight.Agent == UrgentAgent)
            return;
        usedByAgent[flight.Agent] = usedByAgent.GetValueOrDefault(flight.Agent) + usage.Prompt;
        if (again)
            Ask(flight.Agent);
    }

    private static HttpResponseMessage Headers(AnswerPlan plan)
    {
        HttpResponseMessage response = new();
        foreach ((string name, string value) in plan.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private TimeSpan Hop() => TimeSpan.FromMilliseconds(10 + (40 * random.NextDouble()));
}
