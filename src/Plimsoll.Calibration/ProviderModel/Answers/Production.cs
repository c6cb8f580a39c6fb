using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;

namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>When the tokens of an answer are produced.</summary>
/// <param name="Begins">The prompt is read, the first token is on its way.</param>
/// <param name="Steps">Ascending; empty = no output.</param>
/// <param name="EndedByLimit">max_tokens cut the output short.</param>
internal sealed record Production(DateTimeOffset Begins, IReadOnlyList<TokenStep> Steps, bool EndedByLimit)
{
    public DateTimeOffset Ends => Steps.Count == 0 ? Begins : Steps[^1].At;

    public long Tokens => Steps.Sum(step => step.Tokens);

    /// <summary>The same for the same seed and number of the request, only shifted in time.</summary>
    public static Production Of(ProviderRequest request, ProviderOptions options, DateTimeOffset now)
    {
        SeededDraws draws = new(options.Seed, DrawStream.Answer, request.Number);
        DateTimeOffset begins = now + TimeSpan.FromSeconds(options.FirstTokenSeconds.Draw(draws));
        double rate = options.TokensPerSecond.Draw(draws);
        long drawn = (long)Math.Round(options.OutputTokens.Draw(draws));
        if (request.Form == ApiForm.Embeddings)
            return new(begins, [], EndedByLimit: false);

        long wanted = request.OutputTokens ?? drawn;
        long output = Math.Min(wanted, request.MaxTokens ?? long.MaxValue);
        List<TokenStep> steps = new((int)((output + options.TokensPerEvent - 1) / options.TokensPerEvent));
        for (long done = 0; done < output;)
        {
            long tokens = Math.Min(options.TokensPerEvent, output - done);
            done += tokens;
            steps.Add(new(begins + TimeSpan.FromSeconds(done / rate), tokens));
        }

        return new(begins, steps, output < wanted);
    }

    /// <summary>What is produced before a fault strikes.</summary>
    /// <param name="share">Of the steps, 0 to below 1.</param>
    public Production StoppedAt(double share) => this with { Steps = [.. Steps.Take((int)(share * Steps.Count))], EndedByLimit = false };
}
