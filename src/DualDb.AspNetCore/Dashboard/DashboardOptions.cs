using Microsoft.AspNetCore.Authorization;

namespace DualDb.AspNetCore;

/// <summary>Who may see the dashboard, who may act, and how live it is.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// The name of the authorisation policy of those who may read. Null, as at first, where <see cref="AuthorizeReaders"/> says it, or operators alone may read. Without any policy the dashboard is not mapped, but in development, where it then answers
    /// requests of the same machine alone.
    /// </summary>
    public string? ReaderPolicy { get; set; }

    /// <summary>The name of the authorisation policy of those who may act; they may read as well. Null, as at first, where <see cref="AuthorizeOperators"/> says it, or nobody may act.</summary>
    public string? OperatorPolicy { get; set; }

    /// <summary>How often what is shown is read anew while anybody looks at it, 2 seconds at first. It is read once for all who look.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a part of a page may take, 3 seconds at first: then the page is shown without it, and says so.</summary>
    public TimeSpan PartTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many pages are kept live at once, 200 at first. Others can be read, and say that they are not live.</summary>
    public int MaxViewers { get; set; } = 200;

    /// <summary>After how long a live page connects anew, 5 minutes at first: whether it may is asked then.</summary>
    public TimeSpan StreamLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The claim that names who acts, for the audit; null, as at first, for the name of the identity, or the claim <c>sub</c>.</summary>
    public string? ActorClaim { get; set; }

    internal Action<AuthorizationPolicyBuilder>? Readers { get; private set; }

    internal Action<AuthorizationPolicyBuilder>? Operators { get; private set; }

    /// <summary>Says who may read: <c>options.AuthorizeReaders(policy => policy.RequireRole("on-call"))</c>.</summary>
    /// <param name="policy">Builds the policy.</param>
    public void AuthorizeReaders(Action<AuthorizationPolicyBuilder> policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Readers = policy;
    }

    /// <summary>Says who may act: <c>options.AuthorizeOperators(policy => policy.RequireRole("operators"))</c>.</summary>
    /// <param name="policy">Builds the policy.</param>
    public void AuthorizeOperators(Action<AuthorizationPolicyBuilder> policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Operators = policy;
    }

    internal DashboardOptions Copy() => (DashboardOptions)MemberwiseClone();

    /// <exception cref="DualDbConfigurationException">A value makes no sense.</exception>
    internal void Check()
    {
        Require(RefreshEvery >= TimeSpan.FromMilliseconds(100), nameof(RefreshEvery), "100 milliseconds at least");
        Require(PartTimeout > TimeSpan.Zero, nameof(PartTimeout), "above zero");
        Require(MaxViewers >= 0, nameof(MaxViewers), "zero or above");
        Require(StreamLifetime > TimeSpan.Zero, nameof(StreamLifetime), "above zero");
        Require(ReaderPolicy is null || Readers is null, nameof(ReaderPolicy), $"null where {nameof(AuthorizeReaders)} is called");
        Require(OperatorPolicy is null || Operators is null, nameof(OperatorPolicy), $"null where {nameof(AuthorizeOperators)} is called");
    }

    private static void Require(bool holds, string option, string expected)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"{nameof(DashboardOptions)}.{option} has to be {expected}.");
        }
    }
}
