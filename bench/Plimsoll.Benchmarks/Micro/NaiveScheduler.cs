using System.Diagnostics;

namespace Plimsoll.Benchmarks.Micro;

/// <summary>The control: a scheduler that looks at every ready task to choose the next one.</summary>
internal static class NaiveScheduler
{
    public static double MicrosecondsPerDecision(int waiting, int decisions)
    {
        var random = new Random(1);
        var ready = new List<(float Rank, int Bytes)>(Enumerable.Range(0, waiting).Select(_ => ((float)random.Next(1, 1000), random.Next(1, 4000))));
        var live = new Queue<int>();
        int free = 40_000;
        int made = 0;
        long began = Stopwatch.GetTimestamp();
        while (made < decisions)
        {
            int best = -1;
            for (int i = 0; i < ready.Count; i++)
            {
                if (ready[i].Bytes <= free && (best < 0 || ready[i].Rank > ready[best].Rank))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                free += live.Dequeue();
                continue;
            }

            free -= ready[best].Bytes;
            live.Enqueue(ready[best].Bytes);
            ready.RemoveAt(best);
            made++;
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / made;
    }
}
