using DualDb.Benchmarks.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace DualDb.Benchmarks.Competitors;

/// <summary>EF Core as its guide to performance advises: pooled contexts, compiled queries, no tracking.</summary>
internal sealed class EfShop(DbContextOptions<EfShop> options) : DbContext(options)
{
    private static readonly Func<EfShop, long, Task<Order?>> CompiledFind = EF.CompileAsyncQuery(
        static (EfShop shop, long id) => shop.Orders.AsNoTracking().FirstOrDefault(order => order.Id == id));

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Activity> Activities => Set<Activity>();

    public static PooledDbContextFactory<EfShop> Over(NpgsqlDataSource source)
        => new(new DbContextOptionsBuilder<EfShop>().UseNpgsql(source).Options);

    public static async Task<Order?> FindAsync(PooledDbContextFactory<EfShop> factory, long id)
    {
        await using var shop = await factory.CreateDbContextAsync();
        return await CompiledFind(shop, id);
    }

    public static async Task<List<Order>> ListAsync(PooledDbContextFactory<EfShop> factory, int limit)
    {
        await using var shop = await factory.CreateDbContextAsync();
        return await shop.Orders.AsNoTracking().OrderBy(static order => order.Id).Take(limit).ToListAsync();
    }

    public static async Task InsertAsync(PooledDbContextFactory<EfShop> factory, IReadOnlyList<Activity> activities)
    {
        await using var shop = await factory.CreateDbContextAsync();
        shop.Activities.AddRange(activities);
        await shop.SaveChangesAsync();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(static order =>
        {
            order.ToTable("orders", "bench");
            order.HasKey(static row => row.Id);
            order.Property(static row => row.Id).HasColumnName("id").UseIdentityByDefaultColumn();
            order.Property(static row => row.UserId).HasColumnName("user_id");
            order.Property(static row => row.Status).HasColumnName("status");
            order.Property(static row => row.Total).HasColumnName("total");
            order.Property(static row => row.Weight).HasColumnName("weight");
            order.Property(static row => row.Note).HasColumnName("note");
            order.Property(static row => row.PlacedAt).HasColumnName("placed_at");
            order.Property(static row => row.Items).HasColumnName("items");
        });
        modelBuilder.Entity<Activity>(static activity =>
        {
            activity.ToTable("activities", "bench");
            activity.HasKey(static row => row.Id);
            activity.Property(static row => row.Id).HasColumnName("id").UseIdentityByDefaultColumn();
            activity.Property(static row => row.UserId).HasColumnName("user_id");
            activity.Property(static row => row.Kind).HasColumnName("kind");
            activity.Property(static row => row.Place).HasColumnName("place");
            activity.Property(static row => row.At).HasColumnName("at");
            activity.Property(static row => row.Amount).HasColumnName("amount");
            activity.Property(static row => row.Succeeded).HasColumnName("succeeded");
            activity.Property(static row => row.Device).HasColumnName("device");
        });
    }
}
