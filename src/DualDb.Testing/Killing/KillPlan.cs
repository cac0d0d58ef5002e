namespace DualDb.Testing.Killing;

/// <summary>
/// What is done, and when: an endless row of steps, all drawn from one seed. Nothing that happens while they are carried out has an influence on it, so that a run can be repeated with another
/// timing.
/// </summary>
internal sealed class KillPlan
{
    private readonly KillRigOptions _options;
    private readonly SeededRandom _random;
    private readonly (KillAction Action, int Weight, int Targets)[] _choices;
    private readonly int _total;

    public KillPlan(KillRigOptions options)
    {
        _options = options;
        _random = new SeededRandom(options.Seed);
        _choices =
        [
            .. Enum.GetValues<KillAction>()
                .Select(action => (action, options.Weights.TryGetValue(action, out var weight) ? weight : 0, TargetsOf(action)))
                .Where(static choice => choice is { Item2: > 0, Item3: > 0 }),
        ];
        _total = _choices.Sum(static choice => choice.Weight);
    }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _total == 0;

    public KillStep Next()
    {
        // As many numbers for each step, whatever it is: a changed length does not shift what follows.
        var (after, choice, target, length, delay) = (_random.Share(), _random.Share(), _random.Share(), _random.Share(), _random.Share());
        var (action, _, targets) = Choose((int)(choice * _total));
        return new KillStep(_options.Between.At(after), action, (int)(target * targets), LengthOf(action, length), action == KillAction.DelayLine ? _options.Delay.At(delay) : TimeSpan.Zero);
    }

    private (KillAction Action, int Weight, int Targets) Choose(int place)
    {
        foreach (var choice in _choices)
        {
            place -= choice.Weight;
            if (place < 0)
            {
                return choice;
            }
        }

        return _choices[^1];
    }

    private TimeSpan LengthOf(KillAction action, double share) => action switch
    {
        KillAction.PauseWorker => _options.WorkerPause.At(share),
        KillAction.CutLine or KillAction.DropReply => TimeSpan.Zero,
        _ => _options.Outage.At(share),
    };

    private int TargetsOf(KillAction action) => action switch
    {
        KillAction.KillWorker or KillAction.PauseWorker => _options.Workers,
        KillAction.CrashServer or KillAction.RestartServer => _options.Servers.Count,
        _ => _options.Proxies.Count,
    };
}
