namespace DualDb.Caching;

/// <summary>
/// The readings under way, by their keys. Keeping a value, invalidating a key and joining a reading happen under one lock per stripe of keys, so that there is no moment
/// between looking whether a write has come and acting on it.
/// </summary>
internal sealed class LoadTable
{
    private const int Stripes = 256;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(static _ => new Stripe())];

    public Stripe this[string key] => _stripes[(uint)StringComparer.Ordinal.GetHashCode(key) % Stripes];

    /// <summary>Whether nothing is being read.</summary>
    public bool IsEmpty => _stripes.All(static stripe => stripe.IsEmpty);

    /// <summary>Some of the keys.</summary>
    internal sealed class Stripe
    {
        private readonly Dictionary<string, Load> _loads = new(StringComparer.Ordinal);

        /// <summary>Held while the members below are used.</summary>
        public Lock Lock { get; } = new();

        public bool IsEmpty
        {
            get
            {
                lock (Lock)
                {
                    return _loads.Count == 0;
                }
            }
        }

        public Load? Find(string key) => _loads.GetValueOrDefault(key);

        public void Add(string key, Load load) => _loads[key] = load;

        /// <summary>Takes a reading out, unless another has taken its place.</summary>
        public void Remove(string key, Load load)
        {
            if (_loads.TryGetValue(key, out var current) && current == load)
            {
                _loads.Remove(key);
            }
        }

        /// <summary>Sees to it that the reading of a key, if any, is not kept and not joined any more.</summary>
        public void Invalidate(string key)
        {
            if (_loads.Remove(key, out var load))
            {
                load.Invalidate();
            }
        }
    }
}
