import time

while True:
    print("nothing to do")
    time.sleep(60)
