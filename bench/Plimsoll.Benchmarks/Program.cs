using Plimsoll.Benchmarks.Frame;

return Dispatch.Run(args, Console.Out);
