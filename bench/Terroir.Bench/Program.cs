using Terroir.Bench;

// usage: dotnet run -c Release --project bench/Terroir.Bench -- VERB
if (args is not [var verb, .. var rest])
{
    return Verbs.Explain();
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await Verbs.RunAsync(verb, rest, stop.Token);
