using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Sync;

internal static class SyncTexts
{
    public static readonly Text Title = new("Sync", "การซิงก์");
    public static readonly Text Directions = new("Directions", "ทิศทาง");
    public static readonly Text NoDirections = new(
        "No direction is recorded yet. Call db.Sync.InstallAsync() when the application starts, or run the script ConsistencySchema.Sync.",
        "ยังไม่มีทิศทางที่บันทึกไว้ โปรดเรียก db.Sync.InstallAsync() ตอนเริ่มแอปพลิเคชัน หรือรันสคริปต์ ConsistencySchema.Sync");
    public static readonly Text ChangesOf = new("Changes of", "การเปลี่ยนแปลงของ");
    public static readonly Text Part = new("Part", "ส่วน");
    public static readonly Text Pending = new("Pending", "รอส่ง");
    public static readonly Text Lag = new("Oldest waits", "เก่าที่สุดรอ");
    public static readonly Text LastChange = new("Last change applied", "การเปลี่ยนแปลงล่าสุดที่ใช้แล้ว");
    public static readonly Text PutAside = new("Put aside", "พักไว้");
    public static readonly Text Carried = new("Carried", "มีโหนดดูแล");
    public static readonly Text Stopped = new("stopped", "หยุด");
    public static readonly Text Going = new("going", "ทำงาน");
    public static readonly Text Nobody = new("nobody carries it", "ไม่มีโหนดดูแล");
    public static readonly Text Trouble = new("Trouble", "ปัญหา");
    public static readonly Text Maps = new("Maps", "แมป");
    public static readonly Text NoMaps = new("The model synchronises nothing: no entity has [Sync], and there is no [SyncMap].", "โมเดลไม่มีการซิงก์ ไม่มีเอนทิตีที่มี [Sync] และไม่มี [SyncMap]");
    public static readonly Text Way = new("Way", "ทิศทางของแมป");
    public static readonly Text OneWay = new("one way", "ทางเดียว");
    public static readonly Text TwoWay = new("both ways", "สองทาง");
    public static readonly Text Policy = new("Conflicts by", "จัดการข้อขัดแย้งด้วย");
    public static readonly Text OpenConflicts = new("Open conflicts", "ข้อขัดแย้งที่ค้าง");
    public static readonly Text InOrder = new("in order", "ปกติ");
    public static readonly Text NotKnown = new("not known in whole", "ทราบไม่ครบ");
    public static readonly Text NeedsBackfill = new("needs a backfill", "ต้องคัดลอกข้อมูลเดิม");
    public static readonly Text Behind = new("waits or catches up", "รอหรือกำลังไล่ตาม");
    public static readonly Text Paused = new("paused", "พักอยู่");
    public static readonly Text PausedBy = new("by {0}, until {1}", "โดย {0} ถึง {1}");
    public static readonly Text Resumption = new("it is resumed", "มีการสั่งทำต่อ");
    public static readonly Text Parked = new("Changes put aside", "การเปลี่ยนแปลงที่พักไว้");
    public static readonly Text NoParked = new("No change was refused by its target.", "ไม่มีการเปลี่ยนแปลงใดที่ปลายทางปฏิเสธ");
    public static readonly Text Row = new("Row", "แถว");
    public static readonly Text Deletion = new("deletion", "การลบ");
    public static readonly Text Since = new("Since", "ตั้งแต่");
    public static readonly Text Retry = new("Try again", "ลองใหม่");
    public static readonly Text RetryAll = new("Try all again", "ลองใหม่ทั้งหมด");
    public static readonly Text Discard = new("Discard", "ทิ้ง");
    public static readonly Text Backfill = new("Backfill", "คัดลอกข้อมูลเดิม");
    public static readonly Text Verify = new("Verify", "ตรวจสอบ");
    public static readonly Text Resume = new("Resume from the present", "ทำต่อจากปัจจุบัน");
    public static readonly Text Pause = new("Pause", "พักแมป");
    public static readonly Text Continue = new("Resume", "ทำต่อ");
    public static readonly Text Minutes = new("Minutes, none for until it is resumed", "นาที ไม่ระบุหมายถึงจนกว่าจะทำต่อ");
    public static readonly Text Retried = new("{0} changes are tried again.", "กำลังลองใหม่ {0} รายการ");
    public static readonly Text Discarded = new("The change {0} was given up: the row differs until another change of it, or a repair.", "ทิ้งการเปลี่ยนแปลง {0} แล้ว แถวจะต่างกันจนกว่าจะมีการเปลี่ยนแปลงอื่นหรือการซ่อม");
    public static readonly Text Resumed = new("Changes of {0} are carried from the present on. Verify and repair what was missed.", "ส่งการเปลี่ยนแปลงของ {0} ต่อจากปัจจุบัน โปรดตรวจสอบและซ่อมส่วนที่ขาดไป");
    public static readonly Text IsPaused = new("{0} is paused.", "พัก {0} แล้ว");
    public static readonly Text Continued = new("{0} goes on.", "{0} ทำงานต่อ");
    public static readonly Text WasNotPaused = new("{0} was not paused.", "{0} ไม่ได้ถูกพักไว้");
}
