namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>A body that trickles.</summary>
internal static class SlowParts
{
    /// <summary>One character per part, each at least <paramref name="interval"/> after the one before and never earlier than it was due.</summary>
    public static IEnumerable<AnswerPart> Of(IEnumerable<AnswerPart> parts, TimeSpan interval)
    {
        DateTimeOffset free = DateTimeOffset.MinValue;
        foreach (AnswerPart part in parts)
        {
            DateTimeOffset at = part.At > free ? part.At : free;
            foreach (char letter in part.Text)
            {
                yield return new(at, letter.ToString());
                at += interval;
            }

            free = at;
        }
    }
}
