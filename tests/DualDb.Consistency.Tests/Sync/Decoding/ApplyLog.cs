namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>A copy that keeps each write that it was given, in order: one that was applied twice is seen.</summary>
internal static class ApplyLog
{
    public const string Copies = Maps.Copies + """
        ; create table applied (place bigint generated always as identity, item_id bigint, stock integer);
        create function keep() returns trigger language plpgsql as $$ begin insert into applied (item_id, stock) values (new.item_id, new.stock); return null; end $$;
        create trigger keep after insert or update on copies for each row execute function keep()
        """;

    /// <summary>Each row was written once: it was inserted, and nothing was applied to it a second time.</summary>
    public static async Task EachOnceAsync(SyncPlace place)
    {
        Assert.Equal(await place.SupabaseAsync("select count(*) from copies"), await place.SupabaseAsync("select count(*) from applied"));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from (select item_id from applied group by item_id having count(*) > 1) twice"));
    }
}
