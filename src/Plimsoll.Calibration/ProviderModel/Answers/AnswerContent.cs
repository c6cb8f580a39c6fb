namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>What a form writes into an answer.</summary>
/// <param name="Id">Unique within an account, letters and digits.</param>
/// <param name="EndedByLimit">max_tokens cut the output short.</param>
/// <param name="Items">Embeddings: how many are wanted.</param>
internal sealed record AnswerContent(string Id, string Model, TokenUsage Usage, bool EndedByLimit, bool IncludesUsage, int Items)
{
    private const string Token = "tok ";

    /// <summary>Text of so many tokens, four characters each.</summary>
    public static string Words(long tokens) => string.Concat(Enumerable.Repeat(Token, (int)tokens));
}
