using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Cache;

internal static class CacheTexts
{
    public static readonly Text Title = new("Cache", "แคช");
    public static readonly Text Levels = new("Levels", "ระดับของแคช");
    public static readonly Text LevelsNote = new("Hit rates are those of all nodes over the last hour; the rest is this node's.", "อัตราพบเป็นของทุกโหนดในหนึ่งชั่วโมงที่ผ่านมา ส่วนที่เหลือเป็นของโหนดนี้");
    public static readonly Text Entities = new("Entities and views", "เอนทิตีและวิว");
    public static readonly Text EntitiesNote = new("Of this node since it was started.", "เฉพาะโหนดนี้ตั้งแต่เริ่มทำงาน");
    public static readonly Text Memory = new("Memory", "หน่วยความจำ");
    public static readonly Text Redis = new("Redis", "Redis");
    public static readonly Text HitRate = new("Hit rate", "อัตราพบ");
    public static readonly Text Entries = new("Entries", "จำนวนรายการ");
    public static readonly Text Size = new("Room taken", "พื้นที่ที่ใช้");
    public static readonly Text Owed = new("Invalidations that wait for Redis", "การล้างแคชที่รอ Redis");
    public static readonly Text Dropped = new("Memory emptied", "จำนวนครั้งที่ล้างหน่วยความจำ");
    public static readonly Text NoRedis = new("none: this process's memory alone", "ไม่มี ใช้หน่วยความจำของโปรเซสนี้เท่านั้น");
    public static readonly Text Connected = new("connected", "เชื่อมต่อแล้ว");
    public static readonly Text Disconnected = new("away", "ติดต่อไม่ได้");
    public static readonly Text Connecting = new("being tried again", "กำลังลองใหม่");
    public static readonly Text Name = new("Name", "ชื่อ");
    public static readonly Text MemoryHits = new("From memory", "จากหน่วยความจำ");
    public static readonly Text RedisHits = new("From Redis", "จาก Redis");
    public static readonly Text Misses = new("Neither", "ไม่พบ");
    public static readonly Text Loads = new("Loads", "จำนวนการโหลด");
    public static readonly Text FailedLoads = new("Failed", "โหลดล้มเหลว");
    public static readonly Text Stale = new("Stale served", "ตอบด้วยค่าเก่า");
    public static readonly Text Evictions = new("Evicted", "ถูกนำออก");
    public static readonly Text Acting = new("Acting", "การดำเนินการ");
    public static readonly Text Drop = new("Drop from the cache", "ล้างออกจากแคช");
    public static readonly Text DropNote = new("All entries of {0}, on every node, with the views over them.", "ทุกรายการของ {0} บนทุกโหนด รวมถึงวิวที่อ้างอิง");
    public static readonly Text WasDropped = new("{0} was dropped from the cache.", "ล้าง {0} ออกจากแคชแล้ว");
}
