using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Tests.Journal;

/// <summary>Turns whose content follows from their number, so that whoever reads them knows what was written.</summary>
internal static class TurnSamples
{
    private const int TasksPerTurn = 5;
    private const int TaskCount = 2000;

    internal static List<Fact> Turn(long sequence)
    {
        if (sequence == 1)
        {
            return [JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, TaskCount)];
        }

        List<Fact> facts = [];
        for (int i = 0; i < TasksPerTurn; i++)
        {
            if (sequence > 2)
            {
                facts.Add(JournalSamples.Succeeded(Attempt(sequence - 1, i), (int)sequence));
            }

            facts.Add(JournalSamples.Admitted(Attempt(sequence, i), (int)sequence));
        }

        return facts;
    }

    private static AttemptId Attempt(long sequence, int index)
    {
        long number = (sequence * TasksPerTurn) + index;
        return JournalSamples.Attempt(1, (int)(number % TaskCount), 1 + (int)(number / TaskCount), number);
    }
}
