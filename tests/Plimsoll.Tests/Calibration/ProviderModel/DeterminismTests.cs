using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class DeterminismTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    private static readonly FaultOptions Faulty = new()
    {
        Shares = Enum.GetValues<FaultKind>().Where(kind => kind is not (FaultKind.None or FaultKind.SlowLoris)).ToDictionary(kind => kind, _ => 0.05),
    };

    [Fact]
    public void The_same_seed_and_calls_give_the_same_answers_and_another_seed_others()
    {
        foreach (ProviderKind kind in Enum.GetValues<ProviderKind>())
        {
            Assert.Equal(Day(kind, 7), Day(kind, 7));
            Assert.NotEqual(Day(kind, 7), Day(kind, 8));
        }
    }

    [Fact]
    public void A_repeated_request_has_the_same_length_and_speed_and_another_chance_with_faults()
    {
        ProviderOptions options = Options(ProviderKind.Anthropic, 3) with { Faults = new() };
        ProviderAccount account = options.With(FaultKind.Overloaded).Account();
        ProviderRequest request = Modelled.Message(42) with { OutputTokens = null };
        Assert.Equal(529, account.Answer(request, Start).Status);
        AnswerPlan second = account.Answer(request, Start.AddSeconds(1));
        AnswerPlan third = account.Answer(request, Start.AddSeconds(2));
        Assert.Equal(second.Usage, third.Usage);
        Assert.Equal(second.Parts.Select(part => part.At.AddSeconds(1)), third.Parts.Select(part => part.At));
    }

    [Fact]
    public void A_time_that_runs_backwards_counts_as_the_latest()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(60)).Exact().Account();
        account.Answer(Modelled.Chat(1), Start.AddSeconds(30));
        Assert.Equal(Start.AddSeconds(31), account.Answer(Modelled.Chat(2), Start).HeadersAt);
    }

    [Fact]
    public void Faults_come_as_often_as_their_shares_say()
    {
        const int Arrivals = 20_000;
        FaultDice dice = new(Faulty, seed: 1);
        ILookup<FaultKind, Fault> rolled = Enumerable.Range(0, Arrivals).Select(arrival => dice.Roll(arrival)).ToLookup(fault => fault.Kind);
        Assert.All(Faulty.Shares.Keys, kind => Assert.InRange(rolled[kind].Count() / (double)Arrivals, 0.045, 0.055));
        Assert.Equal(1 - Faulty.Shares.Values.Sum(), rolled[FaultKind.None].Count() / (double)Arrivals, 0.01);
        Assert.DoesNotContain(rolled.SelectMany(faults => faults), fault => fault.At is < 0 or >= 1);
    }

    [Fact]
    public void Draws_stay_within_their_bounds_around_their_median()
    {
        Spread spread = new(350, 1, 10, 2_000);
        double[] drawn = [.. Enumerable.Range(0, 20_001).Select(number => spread.Draw(new(1, DrawStream.Answer, number))).Order()];
        Assert.All(drawn, value => Assert.InRange(value, 10, 2_000));
        Assert.InRange(drawn[10_000], 335, 365);

        // One deviation up is e times the median.
        Assert.InRange(drawn[16_826], 900, 1_000);
        Assert.Equal(5, Spread.Always(5).Draw(new(1, DrawStream.Answer, 1)));
    }

    [Fact]
    public void What_the_plans_say_is_charged_is_what_the_account_charges()
    {
        for (int seed = 0; seed < TestLevel.Count(5, 50, 500); seed++)
        {
            foreach (ProviderKind kind in Enum.GetValues<ProviderKind>())
            {
                ProviderAccount account = Options(kind, seed).Account();
                List<AnswerPlan> plans = Plans(account, seed);
                foreach (QuotaDimension dimension in Enum.GetValues<QuotaDimension>())
                {
                    long planned = plans.SelectMany(plan => plan.Charges).Where(charge => charge.Dimension == dimension).Sum(charge => charge.Amount);
                    if (account.Charged("model", dimension, Start.AddDays(1)) is { } charged)
                        Assert.Equal(planned, charged);
                }

                Assert.All(plans, plan => Assert.Equal(plan.Parts.Select(part => part.At).Order(), plan.Parts.Select(part => part.At)));
                Assert.All(plans, plan => Assert.True(plan.Parts.First().At >= plan.HeadersAt));
                Assert.All(plans, plan => Assert.Equal(plan.Charges.Select(charge => charge.At).Order(), plan.Charges.Select(charge => charge.At)));
            }
        }
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_all_at_once()
    {
        ProviderOptions wrong = ProviderOptions.OpenAI(new(0)) with
        {
            Shape = new(TimeSpan.FromMinutes(2), Windowed: false, OversizePolicy.Debt),
            CharactersPerToken = 0,
            TokensPerEvent = 0,
            RefusalDelay = TimeSpan.FromMinutes(2),
            CacheLife = TimeSpan.Zero,
            TokensPerSecond = new(1, 0, 0, 1),
            OutputTokens = new(5, 4, 10, 1),
            Acceleration = new(0, -1, TimeSpan.FromSeconds(90)),
            Faults = new() { Shares = new Dictionary<FaultKind, double> { [FaultKind.Cut] = 1.5 }, RetryAfter = TimeSpan.FromDays(1), ByteInterval = TimeSpan.Zero },
        };
        Assert.Equal(16, wrong.Problems().Count);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => wrong.Account());
        Assert.All(wrong.Problems(), problem => Assert.Contains(problem, refused.Message, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<ProviderKind>(), kind => Assert.Empty(Options(kind, 1).Problems()));
    }

    private static ProviderOptions Options(ProviderKind kind, long seed)
    {
        ProviderOptions options = kind switch
        {
            ProviderKind.Anthropic => ProviderOptions.Anthropic(new(60, 20_000, 8_000)),
            ProviderKind.OpenAI => ProviderOptions.OpenAI(new(60, TokensPerMinute: 30_000, ProjectTokensPerMinute: 29_000)),
            _ => ProviderOptions.Azure(new(60, TokensPerMinute: 30_000)),
        };
        return options with { Seed = seed, Faults = Faulty };
    }

    private static List<AnswerPlan> Plans(ProviderAccount account, int seed)
    {
        Random random = new(seed);
        List<AnswerPlan> plans = [];
        DateTimeOffset now = Start;
        for (int number = 0; number < 100; number++)
        {
            now += TimeSpan.FromSeconds(2 * random.NextDouble());
            ProviderRequest request = new()
            {
                Number = number,
                Form = (ApiForm)random.Next(3),
                InputTokens = random.Next(2_000),
                InputCharacters = random.Next(8_000),
                MaxTokens = random.Next(2_000),
                Streams = random.Next(2) == 0,
                Prefixes = [new((ulong)random.Next(3), 1_100)],
            };
            plans.Add(account.Answer(request, now));
        }

        return plans;
    }

    private static List<string> Day(ProviderKind kind, int seed) =>
    [
        .. Plans(Options(kind, seed).Account(), 1).Select(plan =>
            $"{plan.Status} {plan.HeadersAt:O} {plan.Ending} {plan.Fault} {plan.Usage} {string.Join(' ', plan.Headers)} {string.Join(' ', plan.Charges)} {string.Join(' ', plan.Parts)}"),
    ];
}
