using System.Data;
using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DualDb.Sdk.Tests.Hosting;

/// <summary>What the user writes.</summary>
public partial class SampleDb;

/// <summary>What the generator adds to it: the shape of every generated root, less its repositories.</summary>
public interface ISampleDb : IDualDatabase<ISampleDb>;

public partial class SampleDb : ISampleDb
{
    public SampleDb(NeonDatabase neon, SupabaseDatabase supabase, DualDbCache? cache = null)
    {
        Neon = neon;
        Supabase = supabase;
        Cache = cache ?? DualDbCache.CreateEmpty();
    }

    public NeonDatabase Neon { get; }

    public SupabaseDatabase Supabase { get; }

    public DualDbCache Cache { get; }

    public static SampleDb Create(Action<DualDbOptions>? configure = null)
    {
        var host = DualDbHost.Create("SampleDb", DatabaseUse.Neon | DatabaseUse.Supabase, configure);
        return new SampleDb(host.Neon, host.Supabase, host.Cache);
    }

    public ValueTask<NeonTransaction> BeginNeonAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
        => Neon.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<NeonTransaction> BeginNeonAsync(CancellationToken cancellationToken) => Neon.BeginAsync(cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
        => Supabase.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(CancellationToken cancellationToken) => Supabase.BeginAsync(cancellationToken);

    public BatchingScope BeginBatching() => BatchingScope.Begin(Neon, Supabase);

    public ISampleDb AsUser(UserSession session) => new SampleDb(Neon, Supabase.AsUser(session), Cache);

    public ISampleDb AsUser(Func<string?> accessToken) => new SampleDb(Neon, Supabase.AsUser(accessToken), Cache);

    public ISampleDb AsUser(Func<CancellationToken, ValueTask<string?>> accessToken) => new SampleDb(Neon, Supabase.AsUser(accessToken), Cache);

    public ISampleDb AsUser(IAccessTokenProvider accessTokens) => new SampleDb(Neon, Supabase.AsUser(accessTokens), Cache);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Supabase.ActsAsUser)
        {
            return;
        }

        await Cache.DisposeAsync().ConfigureAwait(false);
        await Neon.DisposeAsync().ConfigureAwait(false);
        await Supabase.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Supabase.ActsAsUser)
        {
            return;
        }

        Cache.Dispose();
        Neon.Dispose();
        Supabase.Dispose();
    }
}

public static class SampleDbServiceCollectionExtensions
{
    public static IServiceCollection AddSampleDb(this IServiceCollection services, Action<DualDbOptions>? configure = null)
    {
        services.AddDualDbRoot<SampleDb>(
            "SampleDb", DatabaseUse.Neon | DatabaseUse.Supabase, configure, static (neon, supabase, cache) => new SampleDb(neon, supabase, cache));
        services.TryAddSingleton<ISampleDb>(static provider => provider.GetRequiredService<SampleDb>());
        return services;
    }
}
